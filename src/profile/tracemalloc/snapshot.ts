// Python's tracemalloc.Snapshot over a profile. What differs is V8's: a sample stands for several objects, so a count is a
// sum of counts, sizes are estimates, and lines are where functions start.
import { CodedError, HEAP_DOMAIN, type Profile } from '../../model/index.ts';
import type { Bytes } from '../../units/index.ts';
import { readProfile } from '../formats/read.ts';
import { writeProfile } from '../formats/write.ts';
import { type Grouping, KeySpace } from '../grouping.ts';
import type { Weights } from '../weights.ts';
import { matcherOf, type TraceFilter } from './filter.ts';
import { compareStatisticDiffs, compareStatistics, Statistic, StatisticDiff } from './statistic.ts';
import { Frame, type SourceReader, Traceback } from './traceback.ts';

export const STATISTIC_KEYS = ['filename', 'lineno', 'traceback'] as const;
export type StatisticKey = (typeof STATISTIC_KEYS)[number];

const GROUPINGS: Readonly<Record<StatisticKey, Grouping>> = {
  filename: {
    wholeStack: false,
    place: ({ file }) => ({ functionName: '', file, line: 0, column: 0 }),
  },
  lineno: {
    wholeStack: false,
    place: ({ file, line }) => ({ functionName: '', file, line, column: 0 }),
  },
  traceback: {
    wholeStack: true,
    place: ({ file, line }) => ({ functionName: '', file, line, column: 0 }),
  },
};

/** Memory of one stack in one domain. */
export interface Trace {
  /** HEAP_DOMAIN, EXTERNAL_DOMAIN. */
  readonly domain: number;
  readonly size: Bytes;
  /** Python has a trace an object; a sample of V8's stands for several. */
  readonly count: number;
  readonly traceback: Traceback;
}

export class Snapshot {
  readonly profile: Profile;
  readonly #readSource: SourceReader | undefined;

  /** `readSource` gives tracebacks the lines that they print. */
  constructor(profile: Profile, readSource?: SourceReader) {
    this.profile = profile;
    this.#readSource = readSource;
  }

  /** Frames kept of a stack; undefined where the profile does not say. */
  get tracebackLimit(): number | undefined {
    return this.profile.metadata.stackLimit;
  }

  /** Every sample, in no order that means anything. */
  *traces(): Generator<Trace> {
    const { stack, bytes, count, domain } = this.profile.samples;
    const space = new KeySpace(GROUPINGS.traceback);
    const keys = space.keysOfStacks(this.profile);
    for (const [sample, index] of stack.entries())
      yield {
        domain: domain[sample] ?? HEAP_DOMAIN,
        size: bytes[sample] ?? 0,
        count: count[sample] ?? 0,
        traceback: this.#traceback(space, keys[index] ?? 0),
      };
  }

  /** The largest first. With `cumulative` a sample counts for each frame of its stack. Throws STATISTICS_KEY. */
  statistics(key: StatisticKey, cumulative = false): Statistic[] {
    const space = keySpace(key, cumulative);
    const weights = group(space, this.profile, cumulative);
    return keysOf(space)
      .filter((index) => weights.has(index))
      .map(
        (index) =>
          new Statistic(this.#traceback(space, index), weights.bytesOf(index), weights.countOf(index)),
      )
      .sort(compareStatistics);
  }

  /** What changed since `old`, the largest change first, in either direction. Throws STATISTICS_KEY. */
  compareTo(old: Snapshot, key: StatisticKey, cumulative = false): StatisticDiff[] {
    const space = keySpace(key, cumulative);
    const now = group(space, this.profile, cumulative);
    const before = group(space, old.profile, cumulative);
    return keysOf(space)
      .filter((index) => now.has(index) || before.has(index))
      .map((index) => this.#difference(space, index, now, before))
      .sort(compareStatisticDiffs);
  }

  /** A snapshot of the samples that the filters leave; of all of them where there is no filter. */
  filterTraces(filters: Iterable<TraceFilter>): Snapshot {
    const matches = matcherOf(this.profile, filters);
    const { stack, bytes, count, domain } = this.profile.samples;
    const samples = {
      stack: stack.filter((_, sample) => matches(sample)),
      bytes: bytes.filter((_, sample) => matches(sample)),
      count: count.filter((_, sample) => matches(sample)),
      domain: domain.filter((_, sample) => matches(sample)),
    };
    return new Snapshot({ ...this.profile, samples }, this.#readSource);
  }

  /** The profile in Plimsoll's own format, compressed. */
  dump(): Uint8Array {
    return writeProfile(this.profile, 'json', { compress: true });
  }

  /** Out of what `dump` wrote, or a profile in any other format. Throws a ProfileError. */
  static load(bytes: Uint8Array, readSource?: SourceReader): Snapshot {
    return new Snapshot(readProfile(bytes), readSource);
  }

  #difference(space: KeySpace, index: number, now: Weights, before: Weights): StatisticDiff {
    const size = now.bytesOf(index);
    const count = now.countOf(index);
    return new StatisticDiff(
      this.#traceback(space, index),
      size,
      size - before.bytesOf(index),
      count,
      count - before.countOf(index),
    );
  }

  #traceback(space: KeySpace, index: number): Traceback {
    const frames = () => space.places(index).map(({ file, line }) => new Frame(file, line));
    return new Traceback(frames, this.#readSource);
  }
}

function keySpace(key: StatisticKey, cumulative: boolean): KeySpace {
  if (!STATISTIC_KEYS.includes(key)) throw wrongKey(`there are no statistics by "${key}"`);
  if (cumulative && key === 'traceback') throw wrongKey('a traceback has no cumulative statistics');
  return new KeySpace(GROUPINGS[key]);
}

function wrongKey(message: string): CodedError {
  return new CodedError(
    'STATISTICS_KEY',
    message,
    'ask for filename or lineno, or for traceback without cumulative',
  );
}

function group(space: KeySpace, profile: Profile, cumulative: boolean): Weights {
  return cumulative ? space.groupCumulative(profile) : space.group(profile);
}

function keysOf(space: KeySpace): number[] {
  return Array.from({ length: space.size }, (_, index) => index);
}
