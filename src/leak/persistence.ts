// What a series of looks comes to. "Leaking" is said only after growth was seen for a while without a break, and taken back only after a
// while without; looks in doubt count neither way. All whiles are shares of the history, not minutes.
import type { Ratio, Seconds } from '../units/index.ts';
import { growthRate, type StreamAnalysis } from './analysis.ts';
import type { Growth } from './growth.ts';
import type { HistoryView } from './history.ts';
import { secondsToLimit } from './limit.ts';
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
/** And for so many samples it must have grown, an hour and a half of samples every 10 s: most caches are full by then. */
const SETTLED_SAMPLES = 540;
/** Where the limit would come before that, half an hour of samples must do. */
const SETTLED_SAMPLES_NEAR_LIMIT = 180;

interface Said {
  readonly atSeconds: Seconds;
  readonly atSamples: number;
}

export function createPersistence(policy: JudgePolicy): Persistence {
  let newestGrowing: GrowingStream | undefined;
  let said: Said | undefined;
  let settled = false;
  let looks = 0;
  let firstSeenSamples = 0;
  let missedSinceSamples: number | undefined;

  const seen = (growing: GrowingStream, view: HistoryView): void => {
    const {
      samples,
      newest: { atSeconds },
    } = view;
    newestGrowing = growing;
    missedSinceSamples = undefined;
    looks += 1;
    if (looks === 1) firstSeenSamples = samples;
    const grownSamples = growing.growth.share * samples;
    const held = samples - firstSeenSamples >= policy.heldShare * grownSamples;
    if (looks >= LEAST_LOOKS && held) said ??= { atSeconds, atSamples: samples };
    const lasts = said !== undefined && samples - said.atSamples >= SETTLED_SHARE * grownSamples;
    settled ||= lasts && growing.growth.isUndiminished && grownSamples >= samplesToSettle(growing, view);
  };
  const missed = (samples: number): void => {
    looks = 0;
    missedSinceSamples ??= samples;
    if (samples < policy.releaseFactor * missedSinceSamples) return;
    said = undefined;
    settled = false;
  };

  return {
    see(growing, view) {
      const inDoubt = growing !== undefined && growing.growth.margin <= 0;
      if (inDoubt && looks > 0) newestGrowing = growing;
      else if (growing === undefined || inDoubt) missed(view.samples);
      else seen(growing, view);
      return said && newestGrowing;
    },
    get sayingSinceSeconds() {
      return said?.atSeconds;
    },
    get isSettled() {
      return settled;
    },
  };
}

/** Nobody is told so late that the limit has come first. */
function samplesToSettle({ analysis, growth }: GrowingStream, view: HistoryView): number {
  const left = secondsToLimit(analysis, view, growthRate(analysis, growth).rate);
  if (left === undefined) return SETTLED_SAMPLES;
  const begunSeconds = view.buckets[0]?.startSeconds ?? view.newest.atSeconds;
  const secondsPerSample = (view.newest.atSeconds - begunSeconds) / view.samples;
  const atLimit = growth.share * view.samples + left / secondsPerSample;
  return atLimit < SETTLED_SAMPLES ? SETTLED_SAMPLES_NEAR_LIMIT : SETTLED_SAMPLES;
}
