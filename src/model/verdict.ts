// What can be said of a series of memory figures, and why.
import type { Bytes, Ratio, Seconds } from '../units/index.ts';

export const VERDICTS = [
  'stable',
  'warming-up',
  'filling',
  'growing-with-load',
  'leaking',
  'fragmented',
  'recovering',
  'not-enough-data',
] as const;
export type VerdictKind = (typeof VERDICTS)[number];

/** What a verdict is about: `host`, `swap`, `process:4211` … */
export type Subject = string;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface SeriesPoint {
  readonly atSeconds: Seconds;
  readonly value: number;
}

/** One reason in words, with points to draw where there are any. */
export interface Evidence {
  readonly kind: string;
  readonly text: string;
  readonly points?: readonly SeriesPoint[];
}

export type LeakingPart = 'heap' | 'external' | 'native' | 'rss' | 'host' | 'swap';

export interface Verdict {
  readonly subject: Subject;
  readonly kind: VerdictKind;
  /** Of the verdict, 0 to 1. */
  readonly confidence: Ratio;
  readonly growthBytesPerSecond?: number;
  /** 95 % interval of the growth. */
  readonly growthInterval?: Interval;
  readonly sinceSeconds?: Seconds;
  readonly timeToLimitSeconds?: Seconds;
  readonly timeToLimitInterval?: Interval;
  /** The part that grows, where it can be told apart. */
  readonly part?: LeakingPart;
  readonly evidence: readonly Evidence[];
}

/** The seed's words for a trend. */
export type TrendDirection = 'increasing' | 'decreasing' | 'stable' | 'insufficient_data';

/** A straight line through a series over time. `slopePerHour` is in the series' own unit. */
export interface Trend {
  readonly direction: TrendDirection;
  readonly slopePerHour: number;
  readonly average: number;
  readonly min: number;
  readonly max: number;
  readonly points: number;
}

/** A function, file and line that allocates, with what still lives of it. */
export interface AllocationSite {
  readonly functionName: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly liveBytes: Bytes;
  readonly count: number;
  /** Present where the memory lies off the heap: then the line is that of the call, not where the function starts. */
  readonly kind?: 'buffer';
  /** Where the place is none of the application's or a package's: the nearest of theirs that called it, for most of these bytes. */
  readonly via?: CodePlace;
}

export interface CodePlace {
  readonly functionName: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
