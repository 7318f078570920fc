// The real parts: which reader, which store, which heap a monitor gets in the agent and inside a service.
import { join } from 'node:path';
import { type Layers, loadSettings, type Settings, SettingsError } from '../config/index.ts';
import { createSamplerSwitch, openOwnThreadReader } from '../heap/index.ts';
import { createMemoryHistory, type History, openStore } from '../history/index.ts';
import { createHostReader, createProcessTable, readMemoryMap } from '../host/index.ts';
import { present } from '../model/index.ts';
import { MIB } from '../units/index.ts';
import { createProcessProfiler } from './attached/process-profiler.ts';
import { systemClock } from './clock.ts';
import { startEngine } from './engine.ts';
import { createLog, type Log } from './log.ts';
import type { Monitor, PreviousRun } from './monitor.ts';
import { createOwnHeap } from './own-heap.ts';
import type { EngineParts, HeapSource } from './parts.ts';
import { type OwnRun, takePreviousRun } from './previous-run/index.ts';
import { createMajorCollections, openSnapshotFolder, type WatchedSampler } from './profiling/index.ts';
import { ownProcessSelf, ownThreadSelf } from './self-measurement.ts';
import type { WorkerThreadSource } from './threads/source.ts';

export interface AssemblyOptions {
  readonly layers: Layers;
  readonly version: string;
  /** Takes whole lines. */
  readonly writeLog: (line: string) => void;
}

export interface AgentOptions extends AssemblyOptions {
  /** The folder of the store; history is kept in memory only without one. */
  readonly dataDir: string | undefined;
}

export interface ServiceOptions extends AssemblyOptions {
  readonly heap: HeapSource;
  /** The application's thread. */
  readonly allocations: WatchedSampler;
  readonly workerThreads: WorkerThreadSource;
  /** Where evidence outlives the process; absent without a place for it. */
  readonly ownRun: OwnRun | undefined;
}

/** Throws BAD_SETTINGS, or the error of a store that cannot be used: an agent without its store is not what was asked for. */
export async function startAgentMonitor(options: AgentOptions): Promise<Monitor> {
  const settings = requireSettings(options.layers);
  const { wallSeconds } = systemClock;
  const log = createLog(options.writeLog, wallSeconds);
  const history = openHistory(settings, options.dataDir, log);
  const allocations = watchOwnThread(settings);
  const heap = createOwnHeap(wallSeconds, allocations.tell);
  const monitor = startEngine({
    parts: {
      ...commonParts(settings, log),
      heap,
      history,
      self: ownProcessSelf,
      processProfiler: createProcessProfiler(settings.procRoot, systemClock),
      ...profilingParts(allocations, options.dataDir, log),
    },
    mode: 'agent',
    version: options.version,
    layers: options.layers,
  });
  return {
    ...monitor,
    stop: async () => {
      heap.stop();
      await monitor.stop();
      allocations.stop();
    },
  };
}

/** Inside a service, in the monitor's own thread. A store that cannot be used costs the past, not the watch. */
export async function startServiceMonitor(options: ServiceOptions): Promise<Monitor> {
  const settings = requireSettings(options.layers);
  const log = createLog(options.writeLog, systemClock.wallSeconds);
  const common = commonParts(settings, log);
  const { ownRun } = options;
  const previousRun = ownRun && previousRunOf(ownRun, common.host, log);
  return startEngine({
    parts: {
      ...common,
      heap: options.heap,
      workerThreads: options.workerThreads,
      history: openHistoryOrForget(settings, log),
      self: ownThreadSelf,
      ...present({ ownRun, previousRun }),
      ...profilingParts(options.allocations, ownRun?.place ?? settings.dataDir, log),
    },
    mode: 'service',
    version: options.version,
    layers: options.layers,
  });
}

function previousRunOf(
  { place, start }: OwnRun,
  host: EngineParts['host'],
  log: Log,
): PreviousRun | undefined {
  const { paging, cgroup } = host.sample();
  const counts = present({ hostOomKills: paging?.oomKills, cgroupOomKills: cgroup?.events?.oomKill });
  try {
    return takePreviousRun({ place, program: start.program, counts, log });
  } catch (error) {
    log('warning', 'the previous run cannot be read', { reason: String(error) });
    return undefined;
  }
}

function requireSettings(layers: Layers): Settings {
  const loaded = loadSettings(layers);
  if (!loaded.ok) throw new SettingsError(loaded.problems);
  return loaded.settings;
}

function commonParts(
  settings: Settings,
  log: Log,
): Pick<EngineParts, 'clock' | 'log' | 'host' | 'processes' | 'memoryMap'> {
  const { procRoot, cgroupRoot } = settings;
  return {
    clock: systemClock,
    log,
    host: createHostReader({ procRoot, cgroupRoot, clock: systemClock }),
    processes: createProcessTable({ procRoot, clock: systemClock }),
    memoryMap: (pid) => readMemoryMap(procRoot, pid),
  };
}

/** The agent profiles itself: what its own start allocated is not seen. */
function watchOwnThread(settings: Settings): WatchedSampler & { tell(): void; stop(): void } {
  const { tracemallocSampleBytes: sampleBytes, tracemallocInlining } = settings;
  const sampler = createSamplerSwitch({ sampleBytes, inlining: tracemallocInlining ? 'kept' : 'off' });
  if (settings.tracemallocEnabled) sampler.carryOut({ kind: 'start' });
  const { tell, onMajorCollection } = createMajorCollections();
  return {
    initial: sampler.state(),
    order: async (order) => sampler.carryOut(order),
    open: (state) => ({ sampler: state, reader: openOwnThreadReader(state), onMajorCollection }),
    tell,
    stop: sampler.close,
  };
}

function profilingParts(
  allocations: WatchedSampler,
  dataDir: string | undefined,
  log: Log,
): Pick<EngineParts, 'allocations' | 'snapshotFolder'> {
  return {
    allocations,
    ...(dataDir && { snapshotFolder: openSnapshotFolder(join(dataDir, 'profiles'), log) }),
  };
}

function openHistory(settings: Settings, dataDir: string | undefined, log: Log): History {
  if (!dataDir) return createMemoryHistory();
  const opening = openStore({
    dataDir,
    maxBytes: settings.storeMaxMb * MIB,
    retentionDays: settings.retentionDays,
    nowSeconds: systemClock.wallSeconds(),
    log,
  });
  if (opening.kind === 'refused') throw opening.error;
  return opening.history;
}

function openHistoryOrForget(settings: Settings, log: Log): History {
  try {
    return openHistory(settings, settings.dataDir, log);
  } catch (error) {
    log('error', 'store refused, history is kept in memory', { reason: String(error) });
    return createMemoryHistory();
  }
}
