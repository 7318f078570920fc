// What the state machine remembers between two checks. Plain JSON: it can be stored, compared and sent.
import type { AlertKey, AlertType, Incident } from '../model/index.ts';
import type { Seconds } from '../units/index.ts';

/** Failing checks in a row that have not yet been enough to raise an incident. */
export interface Streak {
  readonly failures: number;
  readonly sinceSeconds: Seconds;
  readonly type: AlertType;
  /** As the newest failing check put it. */
  readonly message: string;
}

/** One rule's part of the state. A rule has at most one incident that is not closed. */
export interface Track {
  /** Never there together with a firing incident. */
  readonly streak?: Streak;
  /** Firing or resolved; gone once it is closed. */
  readonly incident?: Incident;
  /** The last time people were told that this alert fires, whichever incident it was: deduplication counts from here. */
  readonly notifiedAtSeconds?: Seconds;
  /** The last breach or, if that came later, the resolution: an incident's recovery counts from here. */
  readonly quietSinceSeconds?: Seconds;
  /** Incidents raised so far: it tells two apart that started at the same time, as after a clock that jumped back. */
  readonly raised: number;
}

export interface AlertState {
  readonly tracks: Readonly<Partial<Record<AlertKey, Track>>>;
}

export const EMPTY_TRACK: Track = { raised: 0 };
export const EMPTY_STATE: AlertState = { tracks: {} };

export function trackOf(state: AlertState, key: AlertKey): Track {
  return state.tracks[key] ?? EMPTY_TRACK;
}

/** Seconds from one time to another; a clock that jumped back counts as no time. */
export function elapsedSeconds(fromSeconds: Seconds, toSeconds: Seconds): Seconds {
  return Math.max(0, toSeconds - fromSeconds);
}
