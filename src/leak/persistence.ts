// What a series of looks comes to. "Leaking" is said only after growth was seen for a while without a break, and taken back only after a
// while without; looks in doubt count neither way. All whiles are shares of the history, not minutes.
import type { Ratio, Seconds } from '../units/index.ts';
import type { StreamAnalysis } from './analysis.ts';
import type { Growth } from './growth.ts';
import type { HistoryView } from './history.ts';
import type { JudgePolicy } from './policy.ts';

/** A stream that grows. */
export interface GrowingStream {
  readonly analysis: StreamAnalysis;
  readonly growth: Growth;
}

export interface Persistence {
  /** Takes what one look saw; answers the growth to tell of, if "leaking" is what is said now. */
  see(growing: GrowingStream | undefined, view: HistoryView): GrowingStream | undefined;
  readonly sayingSinceSeconds: Seconds | undefined;
  /** Of all leaks ever said, a good third are taken back: caches and warm-ups, most of them young. Those that last are settled. */
  readonly isSettled: boolean;
}

const LEAST_LOOKS = 3;
/** Of the time it has grown, for which a leak must have been said before it is settled. */
const SETTLED_SHARE: Ratio = 0.15;
/** And for so many samples it must have grown: half an hour of samples every 10 s. */
const SETTLED_SAMPLES = 180;

interface Said {
  readonly atSeconds: Seconds;
  readonly atSamples: number;
}

export function createPersistence(policy: JudgePolicy): Persistence {
  let newest: GrowingStream | undefined;
  let said: Said | undefined;
  let settled = false;
  let looks = 0;
  let firstSeenSamples = 0;
  let missedSinceSamples: number | undefined;

  const seen = (growing: GrowingStream, samples: number, atSeconds: Seconds): void => {
    newest = growing;
    missedSinceSamples = undefined;
    looks += 1;
    if (looks === 1) firstSeenSamples = samples;
    const grownSamples = growing.growth.share * samples;
    const held = samples - firstSeenSamples >= policy.heldShare * grownSamples;
    if (looks >= LEAST_LOOKS && held) said ??= { atSeconds, atSamples: samples };
    const lasts = said !== undefined && samples - said.atSamples >= SETTLED_SHARE * grownSamples;
    settled ||= lasts && grownSamples >= SETTLED_SAMPLES;
  };
  const missed = (samples: number): void => {
    looks = 0;
    missedSinceSamples ??= samples;
    if (samples < policy.releaseFactor * missedSinceSamples) return;
    said = undefined;
    settled = false;
  };

  return {
    see(growing, { samples, newest: { atSeconds } }) {
      const inDoubt = growing !== undefined && growing.growth.margin <= 0;
      if (inDoubt && looks > 0) newest = growing;
      else if (growing === undefined || inDoubt) missed(samples);
      else seen(growing, samples, atSeconds);
      return said && newest;
    },
    get sayingSinceSeconds() {
      return said?.atSeconds;
    },
    get isSettled() {
      return settled;
    },
  };
}
