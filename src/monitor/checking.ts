// Health checks: a sample, what the rules say of it, and the state machine that decides who hears of it. Only scheduled checks
// count; one that is asked for shows the incidents as they stand.
import {
  type AlertState,
  type AlertStep,
  type Counters,
  countersOf,
  nextCounters,
  observe,
  policyOf,
  type RuleInputs,
  restore,
  statusOf,
  step,
  thresholdsOf,
  view,
} from '../alert/index.ts';
import type { Settings } from '../config/index.ts';
import type { History } from '../history/history.ts';
import type { FoundSite } from '../leak/index.ts';
import {
  type AlertEntry,
  type AlertType,
  type HealthStatus,
  type Incident,
  type Notification,
  present,
  type Severity,
} from '../model/index.ts';
import { DAY, type Seconds } from '../units/index.ts';
import { type LeakWatching, processSubject } from './leak-watching.ts';
import type { HealthCheck, Latest } from './monitor.ts';
import type { EngineParts } from './parts.ts';
import type { Sampling } from './sampling.ts';

export interface FiredCount {
  readonly type: AlertType;
  readonly severity: Severity;
  readonly total: number;
}

export interface LastCheck {
  readonly startedAtSeconds: Seconds;
  readonly endedAtSeconds: Seconds;
  readonly status: HealthStatus;
}

export interface Checking {
  /** A check that counts. */
  scheduled(): Promise<HealthCheck>;
  /** A check that somebody asked for. */
  onDemand(): Promise<HealthCheck>;
  firing(): readonly Incident[];
  fired(): readonly FiredCount[];
  last(): LastCheck | undefined;
}

export interface CheckingOptions {
  readonly parts: EngineParts;
  readonly settings: () => Settings;
  readonly sampling: Sampling;
  readonly leaks: LeakWatching;
  readonly growingSites: () => readonly FoundSite[];
  readonly onIncident: (incident: Incident) => void;
  readonly notify: (notification: Notification) => void;
}

/** Incidents older than this cannot matter to the state machine: recovery and deduplication are at most a week. */
const RESTORED_SECONDS: Seconds = 8 * DAY;

export function createChecking(options: CheckingOptions): Checking {
  const { parts, sampling, settings } = options;
  const { clock, history } = parts;
  let state: AlertState = restore(history.incidents(clock.wallSeconds() - RESTORED_SECONDS));
  let counters: Counters | undefined;
  let last: LastCheck | undefined;
  /** Until a check that counts has told of it. */
  let untoldDeath = parts.previousRun;
  const fired = createFiredCounts();
  /** Read once: it may be deleted while the program runs. */
  const folder = process.cwd();

  const look = async (): Promise<Look> => {
    const begunAt = clock.monotonicSeconds();
    const startedAtSeconds = clock.wallSeconds();
    const latest = await sampling.takeUnlessNewer(freshSeconds(settings()));
    return { startedAtSeconds, latest, tookSeconds: clock.monotonicSeconds() - begunAt };
  };
  const inputs = ({ latest, tookSeconds }: Look): RuleInputs => ({
    thresholds: thresholdsOf(settings()),
    verdicts: options.leaks.settled(),
    leakNames: options.leaks.nameOf,
    ownSubject: processSubject(process.pid),
    growingSites: options.growingSites(),
    folder,
    ownFailures: ownFailures(sampling, history, latest),
    checkSeconds: tookSeconds,
    ...present({
      host: latest?.host,
      own: latest?.own,
      previousCounters: counters,
      death: untoldDeath,
      oldSpaceLimitBytes: latest?.own.heap?.oldSpaceLimitBytes,
    }),
  });
  const tellStep = (stepped: AlertStep, checkedAtSeconds: Seconds): void => {
    for (const incident of stepped.incidents) {
      fired.count(incident, checkedAtSeconds);
      history.saveIncident(incident);
      options.onIncident(incident);
    }
    for (const notification of stepped.notifications) options.notify(notification);
  };
  const finish = (seen: Look, entries: readonly AlertEntry[]): HealthCheck => {
    const problem = checkProblem(seen, sampling, settings());
    const status = problem === undefined ? statusOf(entries) : 'error';
    last = { startedAtSeconds: seen.startedAtSeconds, endedAtSeconds: clock.wallSeconds(), status };
    return {
      atSeconds: last.endedAtSeconds,
      status,
      alerts: entries,
      ...present({ latest: seen.latest, error: problem }),
    };
  };
  const checked = (seen: Look) => ({
    atSeconds: clock.wallSeconds(),
    observations: observe(inputs(seen)),
    policy: policyOf(settings()),
  });
  const disabled = (): HealthCheck => ({ atSeconds: clock.wallSeconds(), status: 'disabled', alerts: [] });

  return {
    async scheduled() {
      if (!settings().alertingEnabled) return disabled();
      const seen = await look();
      options.leaks.judge();
      const check = checked(seen);
      const stepped = step(state, check);
      state = stepped.state;
      untoldDeath = undefined;
      if (seen.latest)
        counters = counters ? nextCounters(counters, seen.latest.host) : countersOf(seen.latest.host);
      tellStep(stepped, check.atSeconds);
      return finish(seen, stepped.entries);
    },
    async onDemand() {
      if (!settings().alertingEnabled) return disabled();
      const seen = await look();
      return finish(seen, view(state, checked(seen)));
    },
    firing: () => firingIn(state),
    fired: fired.list,
    last: () => last,
  };
}

/**
 * A check and a sample often fall due together. A second reading right after the first would tell nothing new, and its rates,
 * taken over next to no time, would be noise. No two checks in a row judge the same sample.
 */
function freshSeconds({ sampleInterval, healthCheckInterval }: Settings): Seconds {
  return Math.min(1, sampleInterval / 2, healthCheckInterval / 2);
}

interface Look {
  readonly startedAtSeconds: Seconds;
  readonly latest: Latest | undefined;
  readonly tookSeconds: Seconds;
}

const UNREADABLE = 'the memory of this host could not be read';

/** Why the check as a whole is an `error`, whatever the rules say. */
function checkProblem(
  { latest, tookSeconds }: Look,
  sampling: Sampling,
  { maxRuntime }: Settings,
): string | undefined {
  if (!latest) return sampling.problem()?.message ?? 'no sample could be taken';
  if (maxRuntime !== undefined && tookSeconds > maxRuntime) return `the check took more than ${maxRuntime} s`;
  return latest.host.memory ? undefined : UNREADABLE;
}

/** A lesser source that fails shows in its collector's metrics; without the host's memory the watch itself is blind. */
function ownFailures(sampling: Sampling, history: History, latest: Latest | undefined): readonly string[] {
  const failures: string[] = [];
  if (!latest) failures.push(`no sample could be taken: ${sampling.problem()?.message ?? 'unknown reason'}`);
  else if (!latest.host.memory) failures.push(UNREADABLE);
  const kept = history.state();
  if (kept.kind === 'degraded') failures.push(`the store cannot be written: ${kept.reason}`);
  return failures;
}

function firingIn({ tracks }: AlertState): readonly Incident[] {
  return Object.values(tracks).flatMap(({ incident }) => (incident?.state === 'firing' ? [incident] : []));
}

function createFiredCounts() {
  const totals = new Map<string, FiredCount>();
  return {
    /** Counts an incident when this very check raised or reopened it: it is saved again whenever its message changes. */
    count({ type, severity, transitions }: Incident, checkedAtSeconds: Seconds): void {
      const newest = transitions.at(-1);
      if (newest?.atSeconds !== checkedAtSeconds) return;
      if (newest.kind !== 'fired' && newest.kind !== 'reopened') return;
      const key = `${type} ${severity}`;
      totals.set(key, { type, severity, total: (totals.get(key)?.total ?? 0) + 1 });
    },
    list: (): readonly FiredCount[] => [...totals.values()],
  };
}
