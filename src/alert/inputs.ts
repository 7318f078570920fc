// What the rules judge in one check. Everything but the thresholds may be missing: a rule without its input says `unknown`.
import type { FoundSite } from '../leak/index.ts';
import type { DeathCause, HostSample, OwnProcessSample, Subject, Verdict } from '../model/index.ts';
import type { Bytes, Percent, Seconds } from '../units/index.ts';
import { MIB } from '../units/index.ts';
import type { Counters } from './counters.ts';

/** The thresholds that are settings. The others are constants beside their rules. */
export interface AlertThresholds {
  /** Of the host's memory, and of the cgroup's limit. */
  readonly memoryPercent: Percent;
  readonly processRssBytes: Bytes;
  /** Absent: a check may take as long as it likes. */
  readonly checkSeconds?: Seconds;
}

/** Takes the settings as `config/` has them. */
export function thresholdsOf(settings: {
  readonly memoryThreshold: number;
  readonly processRssThresholdMb: number;
  readonly maxRuntime?: number;
}): AlertThresholds {
  return {
    memoryPercent: settings.memoryThreshold,
    processRssBytes: settings.processRssThresholdMb * MIB,
    ...(settings.maxRuntime !== undefined && { checkSeconds: settings.maxRuntime }),
  };
}

/** How the run before this one ended. */
export interface PreviousDeath {
  readonly cause: DeathCause;
  readonly sentence: string;
}

export interface RuleInputs {
  readonly thresholds: AlertThresholds;
  readonly host?: HostSample;
  readonly own?: OwnProcessSample;
  /** What the kernel had counted by the previous *counted* check: `nextCounters` makes it. Absent in the first check. */
  readonly previousCounters?: Counters;
  /** V8's old-space limit where it is known. Its `heap_size_limit` counts the young generation too and may be far above. */
  readonly oldSpaceLimitBytes?: Bytes;
  /** The previous run's, in the one check that tells of it. */
  readonly death?: PreviousDeath;
  /** On everything that is judged: the host, its swap, the tracked processes. */
  readonly verdicts?: readonly Verdict[];
  /** What people call a subject; its own name when absent. */
  readonly leakNames?: (subject: Subject) => string;
  /** Whose allocation sites `growingSites` are. */
  readonly ownSubject?: Subject;
  readonly growingSites?: readonly FoundSite[];
  /** Where the program runs: messages show paths below it from there. */
  readonly folder?: string;
  /**
   * Why the monitor itself does not work as it should, a sentence each: the check failed, the store is degraded. Empty:
   * it does. Absent: not known.
   */
  readonly ownFailures?: readonly string[];
  /** How long this check took, or had taken when it was given up. */
  readonly checkSeconds?: Seconds;
}
