// Tracing as it is switched on and off while the monitor runs. Between a start and the next stop or clear there is one
// Profiling; kept snapshots outlive it. Orders are carried out one after the other.
import type { Settings } from '../../config/index.ts';
import {
  DEFAULT_STACK_DEPTH,
  type SamplerAnswer,
  type SamplerOrder,
  type SamplerState,
} from '../../heap/index.ts';
import { present } from '../../model/index.ts';
import type { Bytes, Seconds } from '../../units/index.ts';
import type { Clock } from '../clock.ts';
import type { TracingOutcome, TracingState } from '../monitor.ts';
import type { Profiling } from './profiling.ts';
import type { SnapshotFolder } from './snapshot-folder.ts';
import { createSnapshotKeeping, type SnapshotKeeping } from './snapshot-keeping.ts';
import type { AllocationSource, WatchedSampler } from './source.ts';

export interface Tracing {
  state(): TracingState;
  /** Undefined while nothing is traced. */
  profiling(): Profiling | undefined;
  /** Undefined where nothing was ever traced. */
  keeping(): SnapshotKeeping | undefined;
  order(order: SamplerOrder): Promise<TracingOutcome>;
  /** What tracing holds in the monitor, roughly. */
  heldBytes(): Bytes;
  stop(): void;
}

export interface TracingOptions {
  /** Absent where no thread can be sampled. */
  readonly watched?: WatchedSampler | undefined;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly folder?: SnapshotFolder | undefined;
  readonly profile: (source: AllocationSource, keeping: SnapshotKeeping) => Profiling;
}

type StartedBy = Extract<TracingState, { kind: 'on' }>['startedBy'];

interface Session {
  readonly sampler: SamplerState;
  readonly sinceSeconds: Seconds;
  readonly startedBy: StartedBy;
  readonly profiling: Profiling;
}

export function createTracing(options: TracingOptions): Tracing {
  const { watched, settings, clock, folder } = options;
  let keeping: SnapshotKeeping | undefined;
  let session: Session | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const begin = (from: WatchedSampler, sampler: SamplerState, startedBy: StartedBy): void => {
    keeping ??= createSnapshotKeeping({ settings, clock, folder });
    const profiling = options.profile(from.open(sampler), keeping);
    session = { sampler, startedBy, sinceSeconds: clock.wallSeconds(), profiling };
  };
  const end = (): void => {
    session?.profiling.stop();
    session = undefined;
  };
  const adopt = (from: WatchedSampler, { kind, sampler }: Switched, by: StartedBy): void => {
    if (kind === 'unchanged' && (session !== undefined) === (sampler !== undefined)) return;
    end();
    if (sampler) begin(from, sampler, by);
  };
  const state = (): TracingState => (session ? stateOf(session) : OFF);
  const carryOut = async (order: SamplerOrder): Promise<TracingOutcome> => {
    if (!watched) return { kind: 'unavailable' };
    const answer = await watched.order(order);
    if (answer.kind === 'foreign' || answer.kind === 'no-answer') return answer;
    adopt(watched, answer, (order.kind === 'clear' && session?.startedBy) || 'request');
    return { kind: 'done', changed: answer.kind === 'switched', state: state() };
  };

  if (watched?.initial) begin(watched, watched.initial, 'setting');
  return {
    state,
    profiling: () => session?.profiling,
    keeping: () => keeping,
    order(order) {
      const outcome = last.then(() => carryOut(order));
      last = outcome.catch(() => {});
      return outcome;
    },
    heldBytes: () => (keeping?.heldBytes() ?? 0) + (session?.profiling.heldBytes() ?? 0),
    stop: end,
  };
}

const OFF: TracingState = { kind: 'off', tracebackLimit: DEFAULT_STACK_DEPTH };

function stateOf({ sampler, sinceSeconds, startedBy }: Session): TracingState {
  const tracebackLimit = sampler.kind === 'foreign' ? undefined : sampler.stackDepth;
  return { kind: 'on', sampler, sinceSeconds, startedBy, ...present({ tracebackLimit }) };
}

type Switched = Exclude<SamplerAnswer, { kind: 'foreign' }>;
