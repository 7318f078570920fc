// tracemalloc's state on the wire.
import type { TracedMemory, TracingState } from '../../monitor/monitor.ts';
import { type Bytes, formatTime } from '../../units/index.ts';
import type { Status, Tracing as TracingWire } from '../wire.ts';

export function presentTracing(
  state: TracingState,
  traced: TracedMemory | undefined,
  heldBytes: Bytes,
): TracingWire {
  return {
    ...(state.kind === 'on' ? presentOn(state) : presentOff(state)),
    traced_memory: traced
      ? { current: traced.currentBytes, peak: traced.peakBytes, read_at: formatTime(traced.atSeconds) }
      : null,
    tracemalloc_memory: heldBytes,
  };
}

type Shown = Omit<TracingWire, 'traced_memory' | 'tracemalloc_memory'>;

export function presentTracingSince(state: TracingState): Status['tracemalloc'] {
  if (state.kind === 'off') return { tracing: false, since: null, started_by: null };
  return { tracing: true, since: formatTime(state.sinceSeconds), started_by: state.startedBy };
}

function presentOn(state: Extract<TracingState, { kind: 'on' }>): Shown {
  const { sampler, tracebackLimit } = state;
  return {
    ...presentTracingSince(state),
    sampler: sampler.kind,
    ...(sampler.kind === 'native' && { before_application: sampler.beforeApplication }),
    traceback_limit: tracebackLimit ?? null,
    sample_interval: sampler.kind === 'foreign' ? null : sampler.sampleBytes,
  };
}

function presentOff(state: Extract<TracingState, { kind: 'off' }>): Shown {
  return {
    ...presentTracingSince(state),
    sampler: null,
    traceback_limit: state.tracebackLimit,
    sample_interval: null,
  };
}
