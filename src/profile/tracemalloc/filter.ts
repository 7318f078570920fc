// Filters of a snapshot, as tracemalloc's: a sample stays when at least one inclusive filter matches it (if there is any) and
// every exclusive filter does. An exclusive filter "matches" what it does not exclude.
import { NO_STACK, type Profile } from '../../model/index.ts';
import { billedStacks } from '../attribution.ts';
import { sourcePath } from '../source-path.ts';
import { fnmatch } from './fnmatch.ts';

export interface TraceFilter {
  readonly inclusive: boolean;
  /** For a profile, the test of its samples by number. */
  matcher(profile: Profile): (sample: number) => boolean;
}

export class Filter implements TraceFilter {
  readonly inclusive: boolean;
  readonly filenamePattern: string;
  readonly lineno: number | undefined;
  /** Any frame of the stack may match, not just the most recent. */
  readonly allFrames: boolean;
  readonly domain: number | undefined;

  constructor(
    inclusive: boolean,
    filenamePattern: string,
    lineno?: number,
    allFrames = false,
    domain?: number,
  ) {
    this.inclusive = inclusive;
    this.filenamePattern = sourcePath(filenamePattern);
    this.lineno = lineno;
    this.allFrames = allFrames;
    this.domain = domain;
  }

  matcher(profile: Profile): (sample: number) => boolean {
    const { stack, domain } = profile.samples;
    const stacks = this.#matchingStacks(profile);
    return (sample) => {
      const matches = (stacks[stack[sample] ?? NO_STACK] === 1) === this.inclusive;
      if (this.domain === undefined) return matches;
      const sameDomain = domain[sample] === this.domain;
      return this.inclusive ? matches && sameDomain : matches || !sameDomain;
    };
  }

  /** 1 for each stack in which the pattern occurs: at the frame that is billed, or with `allFrames` at any. */
  #matchingStacks(profile: Profile): Uint8Array {
    const { parent, frame } = profile.stacks;
    const frames = this.#matchingFrames(profile);
    const matching = new Uint8Array(parent.length);
    for (const [stack, billed] of billedStacks(profile).entries()) {
      const caller = parent[billed] ?? NO_STACK;
      const calledByMatch = this.allFrames && matching[caller] === 1;
      matching[stack] = calledByMatch || frames[frame[billed] ?? 0] === 1 ? 1 : 0;
    }
    return matching;
  }

  #matchingFrames({ files, frames }: Profile): Uint8Array {
    const matches = fnmatch(this.filenamePattern);
    const matchingFiles = files.map(({ path }) => matches(sourcePath(path)));
    return Uint8Array.from(frames.file, (file, frame) => {
      const line = frames.line[frame];
      return matchingFiles[file] && (this.lineno === undefined || line === this.lineno) ? 1 : 0;
    });
  }
}

export class DomainFilter implements TraceFilter {
  readonly inclusive: boolean;
  readonly domain: number;

  constructor(inclusive: boolean, domain: number) {
    this.inclusive = inclusive;
    this.domain = domain;
  }

  matcher({ samples }: Profile): (sample: number) => boolean {
    return (sample) => (samples.domain[sample] === this.domain) === this.inclusive;
  }
}

/** The test of samples that all of the filters make together. */
export function matcherOf(profile: Profile, filters: Iterable<TraceFilter>): (sample: number) => boolean {
  const all = [...filters];
  const inclusive = all.filter((filter) => filter.inclusive).map((filter) => filter.matcher(profile));
  const exclusive = all.filter((filter) => !filter.inclusive).map((filter) => filter.matcher(profile));
  return (sample) =>
    (inclusive.length === 0 || inclusive.some((matches) => matches(sample))) &&
    exclusive.every((matches) => matches(sample));
}
