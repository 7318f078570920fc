// The monitor as a service sees it: a handle on the engine in its own thread. Everything is asked across; only slow queries
// and requests are handed over without an answer.
import type { Worker } from 'node:worker_threads';
import { type Layers, loadSettings, type Settings, SettingsError } from '../config/index.ts';
import { createBoard } from '../heap/board.ts';
import type { ModuleRewriting } from '../heap/rewriting/load-hook.ts';
import { type Sampler, startSampler } from '../heap/sampler/sampler.ts';
import { createSamplerSwitch, type SamplerSwitch } from '../heap/sampler/sampler-switch.ts';
import { CodedError } from '../model/index.ts';
import type { HealthCheck, MemoryUsage, MonitorStatus } from '../monitor/monitor.ts';
import { VERSION } from '../monitor/version.ts';
import type { Seconds } from '../units/index.ts';
import type { AllocationSnapshot } from './allocation-snapshot.ts';
import { createHold, type Dialogue, type Hold, openDialogue } from './dialogue.ts';
import { type LastGasp, prepareLastGasp } from './last-gasp.ts';
import type { ToMain, ToWorker, WorkerStart } from './messages.ts';
import { startMonitorThread } from './monitor-thread.ts';
import { watchRequests } from './requests.ts';
import { inliningOf, type Rewriting, rewritingBeside, rewritingOf, startRewriting } from './rewriting.ts';
import { type SamplerOrderMessage, takeOrder } from './sampler-orders.ts';
import { snapshotError } from './snapshot-error.ts';
import { type Stub, startStub } from './stub.ts';
import { inviteThreads, type ThreadInvitation, withdrawInvitation } from './threads/invitation.ts';
import { wishSampling } from './threads/sampling-wish.ts';
import { watchStartedThreads } from './threads/started-threads.ts';
import { type TracedBuffers, traceBuffers } from './traced-buffers.ts';
import { Tracemalloc } from './tracemalloc.ts';
import { putResponseTogether, takeRequestApart } from './wire-request.ts';

export type MonitorOptions = Partial<Settings>;

/** What a tracked query says of itself. */
export interface TrackedQuery {
  readonly query: string;
  readonly durationMs: number;
  readonly params?: unknown;
}

export interface TrackedEndpoint {
  readonly method: string;
  readonly path: string;
  readonly durationMs: number;
  readonly statusCode: number;
}

const MAX_QUERY_LENGTH = 500;
const MAX_PARAMS_LENGTH = 200;

interface Thresholds {
  slowQuerySeconds: Seconds;
  slowEndpointSeconds: Seconds;
}

export class SystemMonitor {
  readonly #worker: Worker;
  readonly #hold: Hold;
  readonly #dialogue: Dialogue;
  readonly #stub: Stub;
  readonly #sampler: SamplerSwitch;
  readonly #rewriting: ModuleRewriting | undefined;
  readonly #threads: ThreadInvitation;
  readonly #forgetThreads: () => void;
  readonly #lastGasp: LastGasp | undefined;
  readonly #buffers: TracedBuffers;
  readonly #thresholds: Thresholds;
  readonly #ready: Promise<string>;
  /** Of the thread: it could not start, or has ended unasked. */
  readonly #failure = Promise.withResolvers<Error>();
  #stopping: Promise<void> | undefined;
  /** Python's tracemalloc: start, stop, snapshots, traced memory. */
  readonly tracemalloc: Tracemalloc;

  /**
   * Starts the engine in its worker thread and returns at once; `ready` tells when it listens.
   * `beforeApplication`: nothing of the application is loaded yet, so its profile will be whole.
   * @throws {SettingsError} with every problem, before anything was started.
   */
  constructor(layers: Layers, { beforeApplication = false }: { readonly beforeApplication?: boolean } = {}) {
    const loaded = loadSettings(layers);
    if (!loaded.ok) throw new SettingsError(loaded.problems);
    this.#thresholds = {
      slowQuerySeconds: loaded.settings.slowQueryThresholdMs / 1000,
      slowEndpointSeconds: loaded.settings.slowEndpointThresholdMs / 1000,
    };
    const board = createBoard();
    this.#lastGasp = prepareLastGasp(layers, loaded.settings);
    const wanted = rewritingOf(loaded.settings, beforeApplication);
    this.#sampler = openSampler(
      loaded.settings,
      { beforeApplication, rewriting: wanted },
      this.#lastGasp?.arm,
    );
    const sampler = this.#sampler.state();
    const rewriting = rewritingBeside(sampler, wanted);
    const threads = inviteThreads({
      sampleBytes: loaded.settings.tracemallocSampleBytes,
      buffers: loaded.settings.tracemallocBuffers,
      ...(rewriting && { rewriting }),
    });
    this.#threads = threads;
    wishSampling(threads.wish, sampler);
    const start: WorkerStart = {
      threads,
      layers: cloneable(layers),
      boardMemory: board.memory,
      version: VERSION,
      nodeFlags: process.execArgv,
      ...(sampler && { sampler }),
      ...(rewriting && { rewriting: rewriting.kind }),
      ...(this.#lastGasp && { ownRun: this.#lastGasp.ownRun }),
    };
    this.#worker = startMonitorThread(start);
    // From here on, so that the monitor's own thread is none of the application's.
    this.#forgetThreads = watchStartedThreads(threads);
    this.#hold = createHold(this.#worker);
    this.#dialogue = openDialogue(this.#worker, this.#hold);
    this.#buffers = traceBuffers({
      wanted: loaded.settings.tracemallocBuffers,
      wallSeconds,
      onReport: (report) => this.#tell({ type: 'buffers', report }),
    });
    if (sampler) this.#buffers.follow({ kind: 'switched', sampler });
    this.tracemalloc = new Tracemalloc(this.#dialogue.ask, () => this.takeSnapshot());
    this.#ready = this.#listen();
    // Whoever waits for `ready` sees its failure; nobody has to.
    this.#ready.catch(() => {});
    this.#rewriting = startRewriting(
      rewriting,
      (file) => this.#tell({ type: 'file-loaded', file }),
      this.#lastGasp?.ownRun.files.preciseSites,
    );
    this.#stub = startStub({
      board,
      wallSeconds,
      requests: watchRequests({
        thresholdSeconds: () => this.#thresholds.slowEndpointSeconds,
        wallSeconds,
        onSlow: (endpoint) => this.#tell({ type: 'slow-endpoint', endpoint }),
      }),
      onMajorCollection: () => {
        if (this.#sampler.state()) this.#tell({ type: 'major-collection' });
      },
      onBeat: () => this.#lastGasp?.look(),
    });
  }

  /** The address of the monitor's own listener, once it listens and a first sample was taken. */
  ready(): Promise<string> {
    return this.#hold.during(this.#ready);
  }

  /** Calls back when the engine could not start or has died; not when it was stopped. */
  whenFailed(tell: (error: unknown) => void): void {
    void this.#failure.promise.then((error) => {
      if (!this.#stopping) tell(error);
    });
  }

  /** Memory, swap and the top processes, in bytes. */
  getMemoryUsage(): Promise<MemoryUsage> {
    return this.#dialogue.ask('memoryUsage', undefined);
  }

  /** One health check now; shows the incidents as they stand and does not count towards consecutive failures. */
  checkSystemHealth(): Promise<HealthCheck> {
    return this.#dialogue.ask('checkHealth', undefined);
  }

  status(): Promise<MonitorStatus> {
    return this.#dialogue.ask('status', undefined);
  }

  /**
   * An allocation snapshot now, whatever the threshold.
   * @throws {CodedError} PROFILING_DISABLED, SNAPSHOT_TOO_SOON (5 s after the last), SNAPSHOT_TIMED_OUT, PROFILING_UNAVAILABLE.
   */
  async takeSnapshot(): Promise<AllocationSnapshot> {
    const outcome = await this.#dialogue.ask('takeSnapshot', undefined);
    if (outcome.kind !== 'taken') throw snapshotError(outcome);
    const taken = (await this.snapshots()).find(({ id }) => id === outcome.snapshot.id);
    return taken ?? Promise.reject(stopped());
  }

  /** The kept allocation snapshots, oldest first; none where nothing was ever traced. */
  async snapshots(): Promise<AllocationSnapshot[]> {
    const encoded = await this.#dialogue.ask('snapshots', undefined);
    const { AllocationSnapshot } = await import('./allocation-snapshot.ts');
    return encoded.map((snapshot) => new AllocationSnapshot(snapshot));
  }

  /** Keeps the query if it reached MONITORING_SLOW_QUERY_THRESHOLD_MS. Costs nothing otherwise. */
  trackSlowQuery({ query, durationMs, params }: TrackedQuery): void {
    const durationSeconds = durationMs / 1000;
    if (!(durationSeconds >= this.#thresholds.slowQuerySeconds)) return;
    const shown = params === undefined || params === null ? undefined : printParams(params);
    this.#tell({
      type: 'slow-query',
      query: {
        atSeconds: wallSeconds(),
        query: query.slice(0, MAX_QUERY_LENGTH),
        durationSeconds,
        ...(shown !== undefined && { params: shown }),
      },
    });
  }

  /** For requests that node:http does not see; its own are tracked by themselves. */
  trackSlowEndpoint({ method, path, durationMs, statusCode }: TrackedEndpoint): void {
    const durationSeconds = durationMs / 1000;
    if (!(durationSeconds >= this.#thresholds.slowEndpointSeconds)) return;
    this.#tell({
      type: 'slow-endpoint',
      endpoint: {
        atSeconds: wallSeconds(),
        method,
        path: path.slice(0, MAX_QUERY_LENGTH),
        durationSeconds,
        statusCode,
      },
    });
  }

  /** A web-standard handler for everything the monitor serves, to mount in any server. */
  fetch = async (request: Request): Promise<Response> =>
    putResponseTogether(await this.#dialogue.ask('fetch', await takeRequestApart(request)));

  /** Ends the engine and leaves nothing behind: no thread, no listener, no timer, no subscription. */
  stop(): Promise<void> {
    this.#stopping ??= this.#shutDown();
    return this.#stopping;
  }

  async #shutDown(): Promise<void> {
    this.#stub.stop();
    this.#forgetThreads();
    withdrawInvitation();
    this.#buffers.stop();
    // A thread that failed to start cannot be asked; it is ended all the same.
    await this.#dialogue.ask('stop', undefined).catch(() => {});
    await this.#worker.terminate();
    this.#rewriting?.stop();
    this.#lastGasp?.end();
    this.#sampler.close();
  }

  #tell(message: ToWorker): void {
    if (!this.#stopping) this.#worker.postMessage(message);
  }

  #obey(message: SamplerOrderMessage): void {
    const taken = takeOrder(message, this.#sampler, wallSeconds());
    if (!taken) return;
    this.#buffers.follow(taken.answer);
    if (taken.answer.kind === 'switched') wishSampling(this.#threads.wish, this.#sampler.state());
    this.#tell(taken);
  }

  #listen(): Promise<string> {
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        this.#dialogue.abandon(error);
        this.#failure.resolve(error);
        reject(error);
      };
      this.#worker.on('message', (message: ToMain) => {
        if (this.#dialogue.settle(message)) return;
        if (message.type === 'ready') resolve(message.url);
        else if (message.type === 'sampler-order') this.#obey(message);
        else if (message.type === 'failed')
          fail(new CodedError(message.code, message.message, message.remedy));
        else if (message.type === 'thresholds') Object.assign(this.#thresholds, thresholdsOf(message));
      });
      // Without a listener an error in the monitor's thread would end the application.
      this.#worker.on('error', (error) => fail(died(error)));
      this.#worker.on('exit', (code) =>
        fail(this.#stopping ? stopped() : died(new Error(`it ended with code ${code}`))),
      );
      // The listeners above hold the thread again.
      this.#worker.unref();
    });
  }
}

const died = (cause: Error): CodedError =>
  new CodedError('MONITOR_DIED', `the monitor's thread died: ${cause.message}`, 'report it with the log', {
    cause,
  });

const stopped = (): CodedError =>
  new CodedError('MONITOR_STOPPED', 'the monitor has been stopped', 'start another with startMonitor()');

function thresholdsOf({ slowQuerySeconds, slowEndpointSeconds }: Thresholds): Thresholds {
  return { slowQuerySeconds, slowEndpointSeconds };
}

interface Beginning {
  readonly beforeApplication: boolean;
  readonly rewriting: Rewriting | undefined;
}

/** `onStart` is called for each sampler that is started. */
function openSampler(
  settings: Settings,
  { beforeApplication, rewriting }: Beginning,
  onStart: ((sampler: Sampler) => void) | undefined,
): SamplerSwitch {
  const { tracemallocEnabled, tracemallocSampleBytes: sampleBytes } = settings;
  const options = { sampleBytes, inlining: inliningOf(settings, rewriting) };
  const initial = tracemallocEnabled ? startSampler({ ...options, beforeApplication }) : undefined;
  if (initial) onStart?.(initial);
  return createSamplerSwitch({ ...options, ...(onStart && { onStart }) }, initial);
}

/** The environment is an exotic object that structured cloning refuses. */
function cloneable(layers: Layers): Layers {
  return { ...layers, ...(layers.environment && { environment: { ...layers.environment } }) };
}

function printParams(params: unknown): string {
  try {
    return (typeof params === 'string' ? params : (JSON.stringify(params) ?? String(params))).slice(
      0,
      MAX_PARAMS_LENGTH,
    );
  } catch {
    return '(cannot be shown)';
  }
}

const wallSeconds = (): Seconds => Date.now() / 1000;
