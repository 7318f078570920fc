// The monitor's own thread inside a service: the engine, the API and the listener, with an event loop that the application
// cannot block.
import { writeSync } from 'node:fs';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type Api, createApi, type Listener, startListener } from '../api/index.ts';
import type { Settings } from '../config/index.ts';
import {
  createSiteTable,
  keepHeapSmall,
  oldSpaceFlag,
  openBoard,
  openMainThreadReader,
  type SiteTable,
} from '../heap/index.ts';
import { CodedError } from '../model/index.ts';
import { startServiceMonitor } from '../monitor/assemble.ts';
import type { Monitor } from '../monitor/monitor.ts';
import {
  type BufferSites,
  createBufferSites,
  createMajorCollections,
  type MajorCollections,
  type WatchedSampler,
} from '../monitor/profiling/index.ts';
import { RECORDS_VARIABLE } from '../monitor/report/index.ts';
import { createBoardHeap } from './board-heap.ts';
import {
  flagsOf,
  type Question,
  type Questions,
  type ToMain,
  type ToWorker,
  type WorkerStart,
} from './messages.ts';
import { recorded } from './recorded.ts';
import { createSamplerOrders, type SamplerOrders } from './sampler-orders.ts';
import { openWorkerThreads } from './threads/worker-threads.ts';
import { putRequestTogether, takeResponseApart } from './wire-request.ts';

const STDERR = 2;

const wallSeconds = (): number => Date.now() / 1000;

/** Straight to the descriptor: a worker's console goes through the application's event loop, which may be blocked. */
function writeLog(line: string): void {
  try {
    writeSync(STDERR, line);
  } catch {
    // stderr is closed or full: the log is lost, the service is not.
  }
}

function onFailure(error: unknown): void {
  writeLog(
    `plimsoll: [INTERNAL_ERROR] a request could not be answered: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
}

function onRecordFailure(error: unknown): void {
  writeLog(`plimsoll: the report will lack what comes from now on: ${(error as Error).message}\n`);
}

async function main(port: MessagePort, start: WorkerStart): Promise<void> {
  const { layers, version } = start;
  const board = openBoard(start.boardMemory);
  const heap = createBoardHeap(board, wallSeconds, oldSpaceFlag(flagsOf(start)));
  const collections = createMajorCollections();
  const orders = createSamplerOrders((message) => port.postMessage(message), wallSeconds);
  const sites = start.rewriting && createSiteTable(start.rewriting);
  const buffers = createBufferSites();
  const allocations = watchMainThread(start, orders, { collections, sites, buffers });
  const workerThreads = openWorkerThreads({ invitation: start.threads, wallSeconds, mainSites: sites });
  const watching = await startServiceMonitor({
    layers,
    version,
    writeLog,
    heap,
    allocations,
    workerThreads,
    ownRun: start.ownRun,
  });
  const records = layers.environment?.[RECORDS_VARIABLE];
  const monitor = records ? recorded(watching, records, onRecordFailure) : watching;
  const { token } = monitor.settings();
  const listener = await listenSomewhere(monitor.settings(), createApi(monitor, { token, onFailure }));
  // A server that mounts the handler answers under names of its own.
  const mounted = createApi(monitor, { token, loopbackOnly: false, onFailure });
  port.on(
    'message',
    (message: ToWorker) =>
      void hear(message, { monitor, mounted, listener, port, collections, orders, sites, buffers }),
  );
  tellThresholds(monitor, port);
  await firstSample(monitor);
  port.postMessage({ type: 'ready', url: listener.url } satisfies ToMain);
  // It collects this thread's garbage alone: the application does not wait for it.
  keepHeapSmall();
}

/** What the application's thread tells of itself. */
interface ThreadNews {
  readonly collections: MajorCollections;
  readonly sites: SiteTable | undefined;
  readonly buffers: BufferSites;
}

function watchMainThread(
  { sampler }: WorkerStart,
  orders: SamplerOrders,
  { collections, sites, buffers }: ThreadNews,
): WatchedSampler {
  return {
    initial: sampler,
    order: orders.send,
    open: (state) => ({
      sampler: state,
      reader: openMainThreadReader(state),
      onMajorCollection: collections.onMajorCollection,
      ...(sites && { sites }),
      buffers: buffers.reading,
    }),
  };
}

/** Now, and whenever they have changed by the next sample. */
function tellThresholds(monitor: Monitor, port: MessagePort): void {
  let told = '';
  const tell = (): void => {
    const { slowQueryThresholdMs, slowEndpointThresholdMs } = monitor.settings();
    const message: ToMain = {
      type: 'thresholds',
      slowQuerySeconds: slowQueryThresholdMs / 1000,
      slowEndpointSeconds: slowEndpointThresholdMs / 1000,
    };
    if (told === JSON.stringify(message)) return;
    told = JSON.stringify(message);
    port.postMessage(message);
  };
  tell();
  monitor.subscribe(tell);
}

function firstSample(monitor: Monitor): Promise<void> {
  return new Promise((resolve) => {
    const end = monitor.subscribe((event) => {
      if (event.type === 'sample') seen();
    });
    const seen = (): void => {
      end();
      resolve();
    };
    if (monitor.latest()) seen();
  });
}

interface Hearing extends ThreadNews {
  readonly monitor: Monitor;
  readonly mounted: Api;
  readonly listener: Listener;
  readonly port: MessagePort;
  readonly orders: SamplerOrders;
}

async function hear(message: ToWorker, hearing: Hearing): Promise<void> {
  switch (message.type) {
    case 'major-collection':
      hearing.collections.tell();
      return;
    case 'sampler-answer':
      hearing.orders.settle(message);
      return;
    case 'file-loaded':
      hearing.sites?.add(message.file);
      return;
    case 'buffers':
      hearing.buffers.take(message.report);
      return;
    case 'slow-query':
      hearing.monitor.trackSlowQuery(message.query);
      return;
    case 'slow-endpoint':
      hearing.monitor.trackSlowEndpoint(message.endpoint);
      return;
    case 'ask':
      return answer(message, hearing);
  }
}

async function answer(message: Extract<ToWorker, { type: 'ask' }>, hearing: Hearing): Promise<void> {
  const { port } = hearing;
  try {
    const answered = await answers(hearing)[message.question](message.asked as never);
    const reply: ToMain = { type: 'answer', id: message.id, answered };
    port.postMessage(reply, transferOf(answered));
  } catch (error) {
    port.postMessage(refusal(message.id, error));
  }
}

function answers({ monitor, mounted, listener }: Hearing): {
  [Q in Question]: (asked: Questions[Q]['asked']) => Promise<Questions[Q]['answered']>;
} {
  return {
    memoryUsage: async () => monitor.memoryUsage() ?? Promise.reject(notReady()),
    checkHealth: () => monitor.checkHealth(),
    status: async () => monitor.status(),
    takeSnapshot: () => monitor.takeSnapshot('manual'),
    snapshots: async () => monitor.encodedSnapshots(),
    tracing: async () => monitor.tracemalloc.state(),
    orderSampler: (order) => monitor.tracemalloc.order(order),
    tracedMemory: () => monitor.tracemalloc.tracedMemory(),
    resetPeak: async () => {
      monitor.tracemalloc.resetPeak();
      return undefined;
    },
    tracemallocMemory: async () => monitor.tracemalloc.heldBytes(),
    fetch: async (request) => takeResponseApart(await mounted.fetch(putRequestTogether(request))),
    stop: async () => {
      mounted.close();
      await listener.stop();
      await monitor.stop();
    },
  };
}

function transferOf(answered: unknown): ReadableStream[] {
  const body = (answered as { body?: unknown } | undefined)?.body;
  return body instanceof ReadableStream ? [body] : [];
}

const notReady = (): CodedError =>
  new CodedError('NOT_READY', 'memory has not been read yet', 'ask again after the first sample');

function refusal(id: number, error: unknown): ToMain {
  return { type: 'refusal', id, ...coded(error) };
}

function coded(error: unknown): { code: string; message: string; remedy: string } {
  if (error instanceof CodedError) return { code: error.code, message: error.message, remedy: error.remedy };
  return { code: 'MONITOR_FAILED', message: String(error), remedy: 'report it with the log' };
}

/** The port of the settings, or a free one where another process has it: children and workers inherit the same settings. */
async function listenSomewhere({ host, port }: Settings, api: Api): Promise<Listener> {
  try {
    return await startListener({ api, host, port });
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'PORT_IN_USE') throw error;
    const listener = await startListener({ api, host, port: 0 });
    writeLog(`plimsoll: port ${port} is taken; process ${process.pid} is served on ${listener.url}\n`);
    return listener;
  }
}

if (parentPort) {
  const port = parentPort;
  main(port, workerData as WorkerStart).catch((error: unknown) => {
    port.postMessage({ type: 'failed', ...coded(error) } satisfies ToMain);
  });
}
