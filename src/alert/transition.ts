// One rule's step through one check. An incident fires after enough failing checks in a row, is told at once or when the
// deduplication window lets it, resolves at the first healthy check, and is closed after a time without a breach.
import type { Incident, Notification, Observation } from '../model/index.ts';
import type { Seconds } from '../units/index.ts';
import {
  type Breach,
  closeIncident,
  isWorse,
  openIncident,
  refreshIncident,
  remindOfIncident,
  reopenIncident,
  resolveIncident,
} from './incident.ts';
import { tellFiring, tellResolved } from './notification.ts';
import type { AlertPolicy } from './policy.ts';
import { elapsedSeconds, type Streak, type Track } from './state.ts';

export interface TrackStep {
  readonly track: Track;
  readonly changed: readonly Incident[];
  readonly notifications: readonly Notification[];
}

/** Where and how one check looks at a rule. */
interface Check {
  readonly atSeconds: Seconds;
  readonly policy: AlertPolicy;
}

export function stepTrack(track: Track, observation: Observation, check: Check): TrackStep {
  const aged = closeWhenQuiet(rewind(track, check.atSeconds), check);
  const step = advance(aged.track, observation, check);
  return { ...step, changed: [...aged.changed, ...step.changed] };
}

function advance(track: Track, observation: Observation, check: Check): TrackStep {
  switch (observation.outcome) {
    case 'unknown':
      return unchanged(track);
    case 'healthy':
      return recover(track, check);
    case 'breach':
      return fail(track, observation, check);
  }
}

const unchanged = (track: Track): TrackStep => ({ track, changed: [], notifications: [] });

/** After a clock that jumped back, what was noted in its future is noted as now: every wait starts over, none is endless. */
function rewind(track: Track, atSeconds: Seconds): Track {
  const { streak, notifiedAtSeconds, quietSinceSeconds } = track;
  return {
    ...track,
    ...(streak && { streak: { ...streak, sinceSeconds: Math.min(streak.sinceSeconds, atSeconds) } }),
    ...(notifiedAtSeconds !== undefined && { notifiedAtSeconds: Math.min(notifiedAtSeconds, atSeconds) }),
    ...(quietSinceSeconds !== undefined && { quietSinceSeconds: Math.min(quietSinceSeconds, atSeconds) }),
  };
}

/** Time alone closes an incident, also while nothing can be judged. */
function closeWhenQuiet(track: Track, { atSeconds, policy }: Check): TrackStep {
  const { incident, ...rest } = track;
  const quietSince = track.quietSinceSeconds ?? atSeconds;
  const quiet = elapsedSeconds(quietSince, atSeconds) >= policy.recoverySeconds;
  if (incident?.state !== 'resolved' || !quiet) return unchanged(track);
  return { ...unchanged(rest), changed: [closeIncident(incident, atSeconds)] };
}

function recover(track: Track, { atSeconds }: Check): TrackStep {
  const { streak: _, ...rest } = track;
  if (rest.incident?.state !== 'firing') return unchanged(rest);
  const resolved = resolveIncident(rest.incident, atSeconds);
  const told = tellResolved(resolved, atSeconds);
  const incident = told?.incident ?? resolved;
  return {
    track: { ...rest, incident, quietSinceSeconds: atSeconds },
    changed: [incident],
    notifications: told ? [told.notification] : [],
  };
}

function fail(track: Track, breach: Breach, check: Check): TrackStep {
  const failing = { ...track, quietSinceSeconds: check.atSeconds };
  if (track.incident?.state === 'firing') return keepFiring(failing, track.incident, breach, check);
  const streak = lengthen(track.streak, breach, check.atSeconds);
  const enough = breach.immediate === true || streak.failures >= check.policy.consecutiveFailures;
  return enough ? raise(failing, streak, breach, check) : unchanged({ ...failing, streak });
}

function lengthen(streak: Streak | undefined, breach: Breach, atSeconds: Seconds): Streak {
  const { type, message } = breach;
  const failures = (streak?.failures ?? 0) + 1;
  return { failures, sinceSeconds: streak?.sinceSeconds ?? atSeconds, type, message };
}

function raise(track: Track, streak: Streak, breach: Breach, check: Check): TrackStep {
  const { streak: _, ...rest } = track;
  const incident = rest.incident
    ? reopenIncident(rest.incident, breach, check.atSeconds)
    : openIncident(breach, streak.sinceSeconds, check.atSeconds, rest.raised + 1);
  const raised = rest.incident ? rest.raised : rest.raised + 1;
  const raisedTrack = { ...rest, incident, raised };
  return mayNotify(rest, breach, check) ? notify(raisedTrack, incident, check) : noted(raisedTrack, incident);
}

function keepFiring(track: Track, firing: Incident, breach: Breach, check: Check): TrackStep {
  const incident = refreshIncident(firing, breach, check.atSeconds);
  if (mayNotify(track, breach, check))
    return notify(track, remindOfIncident(incident, check.atSeconds), check);
  return incident === firing ? unchanged(track) : noted({ ...track, incident }, incident);
}

function mayNotify({ notifiedAtSeconds, incident }: Track, breach: Breach, check: Check): boolean {
  if (notifiedAtSeconds === undefined || isGraverEvent(breach, incident)) return true;
  return elapsedSeconds(notifiedAtSeconds, check.atSeconds) >= check.policy.dedupWindowSeconds;
}

/** A death minutes after the warning of it is no repetition. A second death within the window is. */
function isGraverEvent({ immediate, severity }: Breach, incident: Incident | undefined): boolean {
  const told = incident?.told?.severities;
  return immediate === true && told !== undefined && told.every((before) => isWorse(severity, before));
}

function notify(track: Track, firing: Incident, { atSeconds }: Check): TrackStep {
  const { incident, notification } = tellFiring(firing, atSeconds);
  return {
    track: { ...track, incident, notifiedAtSeconds: atSeconds },
    changed: [incident],
    notifications: [notification],
  };
}

const noted = (track: Track, incident: Incident): TrackStep => ({
  track,
  changed: [incident],
  notifications: [],
});
