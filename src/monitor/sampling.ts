// Takes samples: reads every source once, keeps the newest reading, and leaves it to history. A source that fails costs its
// own figures and nothing else; a sample that fails altogether is dropped, counted, and said once.
import { readdirSync } from 'node:fs';
import { totalmem } from 'node:os';
import type { ProcessHistory } from '../history/index.ts';
import { type CollectorReport, type ProcessSample, type ProcessTableScan, present } from '../model/index.ts';
import type { Seconds } from '../units/index.ts';
import { type Log, sayOnChange } from './log.ts';
import type { Latest } from './monitor.ts';
import { createOwnProcessReader } from './own-process.ts';
import type { EngineParts } from './parts.ts';
import type { SelfMeter } from './self-measurement.ts';

export interface Sampling {
  /** A new sample; one under way is shared. Undefined when it failed: `problem()` says why. */
  take(): Promise<Latest | undefined>;
  /** The newest sample where it is no older than this, otherwise a new one. */
  takeUnlessNewer(thanSeconds: Seconds): Promise<Latest | undefined>;
  latest(): Latest | undefined;
  /** Why the newest attempt failed; absent when it did not. */
  problem(): Error | undefined;
}

export interface SamplingOptions {
  readonly parts: EngineParts;
  readonly processHistory: ProcessHistory;
  readonly meter: SelfMeter;
  readonly onSample: (latest: Latest, tracked: readonly ProcessSample[]) => void;
}

export function createSampling(options: SamplingOptions): Sampling {
  const { parts, meter } = options;
  const readOwn = createOwnProcessReader(parts.clock);
  const tellCollectors = collectorTeller(parts.log);
  let latest: Latest | undefined;
  let problem: Error | undefined;
  let underWay: Promise<Latest | undefined> | undefined;
  let takenAt = Number.NEGATIVE_INFINITY;

  const sample = async (): Promise<{ latest: Latest; tracked: readonly ProcessSample[] }> => {
    const host = parts.host.sample();
    const scan = parts.processes.scan(host.memory?.totalBytes ?? totalmem());
    const heap = await parts.heap.read();
    const workers = await parts.workerThreads?.read();
    const threads = ownThreads();
    const requestsTotal = parts.heap.requestsTotal?.();
    const own = readOwn.read(present({ heap, workers, threads, requestsTotal }));
    const collectors = [...host.collectors, scanReport(scan)];
    meter.collectors(collectors);
    tellCollectors(collectors);
    const tracked = options.processHistory.record(scan);
    parts.history.record({ atSeconds: host.atSeconds, host, own, processes: tracked });
    parts.history.maintain(host.atSeconds);
    return { latest: { host, own, processes: scan.processes }, tracked };
  };
  const attempt = async (): Promise<Latest | undefined> => {
    try {
      const taken = await sample();
      latest = taken.latest;
      takenAt = parts.clock.monotonicSeconds();
      problem = undefined;
      meter.sampleTaken();
      options.onSample(taken.latest, taken.tracked);
      return latest;
    } catch (error) {
      if (problem?.message !== (error as Error).message)
        parts.log('error', 'sample failed', { reason: String(error) });
      problem = error as Error;
      meter.sampleDropped();
      return undefined;
    } finally {
      underWay = undefined;
    }
  };
  const take = (): Promise<Latest | undefined> => {
    underWay ??= attempt();
    return underWay;
  };
  return {
    take,
    takeUnlessNewer: async (thanSeconds) => {
      const ageSeconds = parts.clock.monotonicSeconds() - takenAt;
      return !problem && latest && ageSeconds <= thanSeconds ? latest : take();
    },
    latest: () => latest,
    problem: () => problem,
  };
}

/** Of this process, from its own folder: the table may be another host's. Absent elsewhere than on Linux. */
function ownThreads(): number | undefined {
  try {
    return readdirSync('/proc/self/task').length;
  } catch {
    return undefined;
  }
}

function scanReport(scan: ProcessTableScan): CollectorReport {
  return { collector: 'processes', outcome: 'ok', durationSeconds: scan.durationSeconds };
}

/** Once when a collector begins to fail (or fails differently), once when it works again. */
function collectorTeller(log: Log): (reports: readonly CollectorReport[]) => void {
  const say = sayOnChange(log);
  const failing = new Set<string>();
  return (reports) => {
    for (const report of reports) {
      if (report.outcome === 'failed') {
        failing.add(report.collector);
        say(report.collector, report.reason, 'warning', 'collector failed', report);
      } else if (failing.delete(report.collector)) {
        say(report.collector, report.outcome, 'info', 'collector works again', {
          collector: report.collector,
        });
      }
    }
  };
}
