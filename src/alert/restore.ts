// The state after a restart, out of the incidents that were stored. Failing checks that had not yet raised anything are
// forgotten: they are counted anew.
import { ALERT_KEYS, type AlertKey, type Incident } from '../model/index.ts';
import { type AlertState, EMPTY_TRACK, type Track } from './state.ts';

/**
 * Takes the stored incidents in any order. The closed ones matter as long as the deduplication window may still hold what
 * was told of them.
 */
export function restore(incidents: readonly Incident[]): AlertState {
  const tracks: Partial<Record<AlertKey, Track>> = {};
  for (const key of ALERT_KEYS) {
    const ofKey = incidents.filter((incident) => incident.key === key);
    tracks[key] = ofKey.length === 0 ? EMPTY_TRACK : restoreTrack(ofKey);
  }
  return { tracks };
}

function restoreTrack(incidents: readonly Incident[]): Track {
  const notified = incidents.flatMap(({ told }) => told?.firingAtSeconds ?? []);
  const incident = newest(incidents.filter(({ state }) => state !== 'closed'));
  const quietSinceSeconds = incident?.resolvedAtSeconds;
  return {
    raised: incidents.length,
    ...(incident && { incident }),
    ...(notified.length > 0 && { notifiedAtSeconds: Math.max(...notified) }),
    ...(quietSinceSeconds !== undefined && { quietSinceSeconds }),
  };
}

/** A firing one first: it is what people were told last. */
function newest(incidents: readonly Incident[]): Incident | undefined {
  const firing = incidents.filter(({ state }) => state === 'firing');
  const [first] = (firing.length > 0 ? firing : incidents).toSorted(
    (a, b) => b.startedAtSeconds - a.startedAtSeconds,
  );
  return first;
}
