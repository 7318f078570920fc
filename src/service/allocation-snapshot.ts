// An allocation snapshot as a service's own code gets it: tracemalloc's Snapshot, with when and why it was taken.
import { CodedError, type ProfileTrigger, totalBytes } from '../model/index.ts';
import type { EncodedSnapshot, SnapshotOutcome } from '../monitor/monitor.ts';
import { readProfile, Snapshot } from '../profile/index.ts';
import type { Bytes, Seconds } from '../units/index.ts';

export class AllocationSnapshot extends Snapshot {
  readonly id: string;

  constructor({ id, encoded }: EncodedSnapshot) {
    super(readProfile(encoded));
    this.id = id;
  }

  /** Since the Unix epoch. */
  get atSeconds(): Seconds | undefined {
    return this.profile.metadata.atSeconds;
  }

  get trigger(): ProfileTrigger | undefined {
    return this.profile.metadata.trigger;
  }

  /** RSS of the process at the time. */
  get memoryBytes(): Bytes | undefined {
    return this.profile.metadata.rssBytes;
  }

  /** Live bytes that the samples stand for. */
  get sampledBytes(): Bytes {
    return totalBytes(this.profile);
  }
}

type Missed = Exclude<SnapshotOutcome, { kind: 'taken' }>;

export function snapshotError(outcome: Missed): CodedError {
  switch (outcome.kind) {
    case 'disabled':
      return new CodedError(
        'PROFILING_DISABLED',
        'allocation profiling is disabled',
        'call tracemalloc.start(), or start with tracemallocEnabled or MONITORING_TRACEMALLOC_ENABLED=true',
      );
    case 'too-soon':
      return new CodedError(
        'SNAPSHOT_TOO_SOON',
        'the last snapshot is less than 5 seconds old',
        `try again in ${Math.ceil(outcome.retryAfterSeconds)} s`,
      );
    case 'no-answer':
      return new CodedError(
        'SNAPSHOT_TIMED_OUT',
        'the watched thread did not answer',
        'try again when its blocking system call has returned',
      );
    case 'not-sampling':
      return new CodedError(
        'PROFILING_UNAVAILABLE',
        `nothing is sampled any more: ${outcome.reason}`,
        'another profiler in this process has ended the sampling; start only one of the two',
      );
  }
}
