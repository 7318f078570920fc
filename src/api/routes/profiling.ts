// Allocation snapshots. While there is no profiler to ask, the answers say so and how to get one.
import type { Monitor } from '../../monitor/monitor.ts';
import { toMegabytes } from '../present/quantity.ts';
import type { Refusal } from '../problems.ts';
import { jsonRoute, type Route } from '../route.ts';
import { memoryLeaks, snapshot } from '../schemas/index.ts';
import type { MemoryLeaks } from '../wire.ts';

export const PROFILING_ROUTES: readonly Route[] = [
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/memory-leaks',
    summary: 'Allocation snapshots, what grew between them, and a verdict',
    data: memoryLeaks,
    handle: (_, { monitor }) => ({
      success: false,
      data: presentNoLeaks(monitor),
      message: 'Memory profiling disabled',
    }),
  }),
  jsonRoute({
    method: 'POST',
    path: '/api/monitoring/memory-snapshot',
    summary: 'An allocation snapshot now, whatever the threshold',
    data: snapshot,
    problems: ['PROFILING_DISABLED', 'PROFILING_UNAVAILABLE'],
    handle: (_, { monitor }) => refuseSnapshot(monitor),
  }),
];

function presentNoLeaks(monitor: Monitor): MemoryLeaks {
  const latest = monitor.latest();
  return {
    enabled: false,
    current_memory_mb: latest ? toMegabytes(latest.own.rssBytes) : null,
    threshold_mb: monitor.settings().tracemallocThresholdMb,
    snapshot_count: 0,
    snapshots: [],
    latest_snapshot: null,
    growing_sites: [],
    message: whyNot(monitor),
  };
}

function refuseSnapshot(monitor: Monitor): Refusal {
  const state = monitor.profiling();
  return state.kind === 'disabled'
    ? { refusal: 'PROFILING_DISABLED' }
    : { refusal: 'PROFILING_UNAVAILABLE', reason: `Memory profiling cannot be used here: ${state.reason}` };
}

function whyNot(monitor: Monitor): string {
  const state = monitor.profiling();
  return state.kind === 'disabled' ? state.howToEnable : state.reason;
}
