// The recent past of the processes worth watching, out of scans of the whole table.
import type { ProcessId, ProcessPoint, ProcessSample, ProcessTableScan } from '../model/index.ts';
import type { Bytes, Percent, Seconds } from '../units/index.ts';
import { PointRing } from './point-ring.ts';
import { follow, type Pace, paceAfter, Scores, startTendency, type Tendency } from './tracked-choice.ts';

export interface ProcessHistoryOptions {
  /** Points kept for each tracked process. */
  readonly size: number;
  readonly maxTracked: number;
  /** Always tracked. */
  readonly ownPid: number;
}

/** A tracked process over the points that are kept of it. */
export interface TrackedTrend extends ProcessId {
  readonly name: string;
  readonly sampleCount: number;
  readonly cpuAverage: Percent;
  readonly cpuMax: Percent;
  readonly cpuMin: Percent;
  readonly rssAverageBytes: Bytes;
  readonly rssMaxBytes: Bytes;
  readonly rssMinBytes: Bytes;
  readonly firstSeenSeconds: Seconds;
  readonly lastSeenSeconds: Seconds;
  /** The oldest first. */
  readonly history: readonly ProcessPoint[];
}

export interface ProcessHistory {
  /** Returns the tracked ones. Costs about 1 ms for 5,000 processes. */
  record(scan: ProcessTableScan): readonly ProcessSample[];
  /** The largest by RSS first. */
  trends(): readonly TrackedTrend[];
}

export function createProcessHistory(options: ProcessHistoryOptions): ProcessHistory {
  return new RecentProcesses(options);
}

/** One process of the newest scan; with a ring while it is tracked. */
interface Observed extends Tendency {
  newest: ProcessSample;
  scan: number;
  ring: PointRing | undefined;
}

class RecentProcesses implements ProcessHistory {
  readonly #options: ProcessHistoryOptions;
  /** By pid alone, which is quick; the start ticks are compared. Holds the newest scan's processes and no others. */
  readonly #observed = new Map<number, Observed>();
  #scan = 0;
  #atSeconds: Seconds | undefined;

  constructor(options: ProcessHistoryOptions) {
    this.#options = options;
  }

  record({ atSeconds, processes }: ProcessTableScan): readonly ProcessSample[] {
    this.#scan += 1;
    const pace = paceAfter(atSeconds - (this.#atSeconds ?? atSeconds));
    this.#atSeconds = atSeconds;
    const scores = new Scores(processes.length);
    const observed = processes.map((sample, index) => {
      const process = this.#observe(sample, atSeconds, pace);
      scores.set(index, sample.rssBytes, process, process.ring !== undefined);
      return process;
    });
    this.#forgetGone();
    const own = processes.findIndex(({ pid }) => pid === this.#options.ownPid);
    this.#track(observed, scores.choose(this.#options.maxTracked, own < 0 ? undefined : own), atSeconds);
    return observed.filter(({ ring }) => ring !== undefined).map(({ newest }) => newest);
  }

  #observe(sample: ProcessSample, atSeconds: Seconds, pace: Pace): Observed {
    const cpuPercent = cpuOf(sample, atSeconds);
    const known = this.#observed.get(sample.pid);
    if (known !== undefined && known.newest.startTicks === sample.startTicks) {
      known.newest = sample;
      known.scan = this.#scan;
      follow(known, sample.rssBytes, cpuPercent, pace);
      return known;
    }
    const tendency = startTendency(sample.rssBytes, cpuPercent);
    const process: Observed = { newest: sample, scan: this.#scan, ring: undefined, ...tendency };
    this.#observed.set(sample.pid, process);
    return process;
  }

  #forgetGone(): void {
    for (const [pid, { scan }] of this.#observed) if (scan !== this.#scan) this.#observed.delete(pid);
  }

  #track(observed: readonly Observed[], chosen: ReadonlySet<number>, atSeconds: Seconds): void {
    for (const [index, process] of observed.entries()) {
      if (!chosen.has(index)) {
        process.ring = undefined;
        continue;
      }
      process.ring ??= new PointRing(this.#options.size);
      process.ring.push(atSeconds, process.newest.rssBytes, cpuOf(process.newest, atSeconds));
    }
  }

  trends(): readonly TrackedTrend[] {
    return [...this.#observed.values()]
      .flatMap(({ ring, newest }) => (ring === undefined ? [] : [trendOf(newest, ring.points())]))
      .sort((a, b) => lastRss(b) - lastRss(a) || a.pid - b.pid);
  }
}

/** In a process's first scan there is no share since the previous one: then its share since it started, as `ps` shows it. */
function cpuOf({ cpuPercent, cpuSeconds, startedAtSeconds }: ProcessSample, atSeconds: Seconds): Percent {
  if (cpuPercent !== undefined) return cpuPercent;
  const ageSeconds = atSeconds - startedAtSeconds;
  return ageSeconds > 0 ? (cpuSeconds / ageSeconds) * 100 : 0;
}

function trendOf({ pid, startTicks, name }: ProcessSample, history: readonly ProcessPoint[]): TrackedTrend {
  const cpu = summaryOf(history.map(({ cpuPercent }) => cpuPercent));
  const rss = summaryOf(history.map(({ rssBytes }) => rssBytes));
  const seen = summaryOf(history.map(({ atSeconds }) => atSeconds));
  return {
    pid,
    startTicks,
    name,
    sampleCount: history.length,
    cpuAverage: cpu.average,
    cpuMax: cpu.max,
    cpuMin: cpu.min,
    rssAverageBytes: rss.average,
    rssMaxBytes: rss.max,
    rssMinBytes: rss.min,
    firstSeenSeconds: seen.min,
    lastSeenSeconds: seen.max,
    history,
  };
}

/** Of at least one value. */
function summaryOf(values: readonly number[]): { average: number; min: number; max: number } {
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { average: sum / values.length, min, max };
}

function lastRss({ history }: TrackedTrend): Bytes {
  return history.at(-1)?.rssBytes ?? 0;
}
