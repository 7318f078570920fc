// The lines of a health check's `alerts`: every incident that fires, deduplicated or not, and every failing check that has
// not yet been followed by enough others.
import {
  type AlertEntry,
  type AlertKey,
  type HealthStatus,
  type Incident,
  type Observation,
  SEVERITIES,
} from '../model/index.ts';
import type { Seconds } from '../units/index.ts';
import { type Breach, refreshIncident } from './incident.ts';
import type { AlertPolicy } from './policy.ts';
import type { Track } from './state.ts';

/** A rule as it stands; absent when all is well. */
export function entryOf(key: AlertKey, { incident, streak }: Track): AlertEntry | undefined {
  if (incident?.state === 'firing') return firingEntry(incident);
  return streak && transientEntry(key, streak, streak.sinceSeconds);
}

/** A rule as it stands, with what an uncounted check has just seen. */
export function entryInView(
  track: Track,
  observation: Observation,
  check: { readonly atSeconds: Seconds; readonly policy: AlertPolicy },
): AlertEntry | undefined {
  const { incident, streak } = track;
  if (incident?.state === 'firing') return firingInView(incident, observation, check.atSeconds);
  if (observation.outcome !== 'breach')
    return observation.outcome === 'unknown' ? entryOf(observation.key, track) : undefined;
  const sinceSeconds = streak?.sinceSeconds ?? check.atSeconds;
  const waits = check.policy.consecutiveFailures > 1 && observation.immediate !== true;
  return waits
    ? transientEntry(observation.key, observation, sinceSeconds)
    : plainEntry(observation, sinceSeconds);
}

function firingInView(incident: Incident, observation: Observation, atSeconds: Seconds): AlertEntry {
  return firingEntry(
    observation.outcome === 'breach' ? refreshIncident(incident, observation, atSeconds) : incident,
  );
}

function firingEntry({ key, type, severity, message, startedAtSeconds }: Incident): AlertEntry {
  return { key, type, severity, message, sinceSeconds: startedAtSeconds };
}

function plainEntry({ key, type, severity, message }: Breach, sinceSeconds: Seconds): AlertEntry {
  return { key, type, severity, message, sinceSeconds };
}

function transientEntry(
  key: AlertKey,
  { type, message }: Pick<Breach, 'type' | 'message'>,
  sinceSeconds: Seconds,
): AlertEntry {
  return {
    key,
    type,
    severity: 'warning',
    message: `Monitoring: ${message} (transient)`,
    transient: true,
    sinceSeconds,
  };
}

/** `critical` from severity high on, `warning` for anything less, a transient entry included. */
export function statusOf(entries: readonly AlertEntry[]): HealthStatus {
  const high = SEVERITIES.indexOf('high');
  if (entries.some(({ severity }) => SEVERITIES.indexOf(severity) >= high)) return 'critical';
  return entries.length > 0 ? 'warning' : 'healthy';
}
