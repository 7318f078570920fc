// Why there is no allocation snapshot, and what to do about it.
import { CodedError } from '../model/index.ts';
import type { SnapshotOutcome } from '../monitor/monitor.ts';

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
