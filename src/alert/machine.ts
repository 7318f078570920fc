// The state machine of alerting. Pure: observations and a time in, entries, incidents and notifications out. Its laws:
// nobody is notified before enough checks in a row have failed, nor twice within the deduplication window; whatever was
// notified is resolved exactly once; a rule that had nothing to judge neither fails nor recovers.
import {
  ALERT_KEYS,
  type AlertEntry,
  type AlertKey,
  type Incident,
  type Notification,
  type Observation,
} from '../model/index.ts';
import type { Seconds } from '../units/index.ts';
import { entryInView, entryOf } from './entries.ts';
import type { AlertPolicy } from './policy.ts';
import { type AlertState, type Track, trackOf } from './state.ts';
import { stepTrack } from './transition.ts';

export interface AlertCheck {
  /** Seconds since the epoch. It may jump back: every wait then starts over. */
  readonly atSeconds: Seconds;
  /** At most one per key; a key without one counts as unknown. */
  readonly observations: readonly Observation[];
  readonly policy: AlertPolicy;
}

export interface AlertStep {
  readonly state: AlertState;
  /** What the check shows, in the order of ALERT_KEYS. */
  readonly entries: readonly AlertEntry[];
  /** Every incident that is new or has changed, an ended one before the one that follows it: save them in this order. */
  readonly incidents: readonly Incident[];
  readonly notifications: readonly Notification[];
}

/** Counts one check. */
export function step(state: AlertState, { atSeconds, observations, policy }: AlertCheck): AlertStep {
  const tracks: Partial<Record<AlertKey, Track>> = {};
  const entries: AlertEntry[] = [];
  const incidents: Incident[] = [];
  const notifications: Notification[] = [];
  for (const key of ALERT_KEYS) {
    const moved = stepTrack(trackOf(state, key), observationOf(key, observations), { atSeconds, policy });
    const entry = entryOf(key, moved.track);
    tracks[key] = moved.track;
    if (entry) entries.push(entry);
    incidents.push(...moved.changed);
    notifications.push(...moved.notifications);
  }
  return { state: { tracks }, entries, incidents, notifications };
}

/** What a check would show that does not count: the incidents as they stand, and what has just been seen. */
export function view(
  state: AlertState,
  { atSeconds, observations, policy }: AlertCheck,
): readonly AlertEntry[] {
  return ALERT_KEYS.flatMap((key) => {
    const observation = observationOf(key, observations);
    return entryInView(trackOf(state, key), observation, { atSeconds, policy }) ?? [];
  });
}

function observationOf(key: AlertKey, observations: readonly Observation[]): Observation {
  return observations.find((observation) => observation.key === key) ?? { key, outcome: 'unknown' };
}
