// All scanners in one run, taking turns, so that whatever else the machine does falls on all of them.
import { type Spread, spread } from '../metrics/statistics.ts';
import type { Scan, Subject } from './subject.ts';

export interface Contender {
  readonly subject: Subject;
  /** Scans only every so many rounds: for those that take seconds. */
  readonly every?: number;
}

export interface Result {
  readonly name: string;
  readonly processes: number;
  readonly scans: number;
  readonly milliseconds: Spread;
  /** Median of the ratios to the first contender's scan of the same round. */
  readonly ratio: Spread;
  readonly cpuMilliseconds: Spread;
  readonly cpuRatio: Spread;
}

/** The first scans open descriptors, fill caches and are compiled. */
const WARM_UP_ROUNDS = 30;

export async function compare(contenders: readonly Contender[], rounds: number): Promise<readonly Result[]> {
  const scans = contenders.map((): Map<number, Scan> => new Map());
  for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
    for (const index of rotated(contenders.length, Math.abs(round))) {
      const { subject, every = 1 } = contenders[index] as Contender;
      if (round % every !== 0) continue;
      const scan = await subject.scan();
      if (round >= 0) scans[index]?.set(round, scan);
    }
  }
  const [first] = scans;
  return contenders.map(({ subject }, index) =>
    summary(subject.name, scans[index] ?? new Map(), first ?? new Map()),
  );
}

/** Another one begins in each round. */
function rotated(count: number, by: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => (index + by) % count);
}

function summary(name: string, scans: ReadonlyMap<number, Scan>, first: ReadonlyMap<number, Scan>): Result {
  const all = [...scans.values()];
  const ratioOf = (figure: (scan: Scan) => number): Spread =>
    spread([...scans].map(([round, scan]) => figure(scan) / figure(first.get(round) ?? scan)));
  return {
    name,
    processes: all.at(-1)?.processes ?? 0,
    scans: all.length,
    milliseconds: spread(all.map(({ milliseconds }) => milliseconds)),
    ratio: ratioOf(({ milliseconds }) => milliseconds),
    cpuMilliseconds: spread(all.map(({ cpuMilliseconds }) => cpuMilliseconds)),
    cpuRatio: ratioOf(({ cpuMilliseconds }) => cpuMilliseconds),
  };
}
