// For probes: am I alive, am I ready.
import { jsonRoute, type Route } from '../route.ts';
import { NOT_READY } from './readiness.ts';

export const PROBE_ROUTES: readonly Route[] = [
  jsonRoute({
    method: 'GET',
    path: '/healthz',
    summary: 'Liveness: the monitor answers',
    data: 'liveness',
    handle: () => ({ data: { status: 'alive' as const }, message: 'The monitor is alive' }),
  }),
  jsonRoute({
    method: 'GET',
    path: '/readyz',
    summary: 'Readiness: a first sample was taken',
    data: 'readiness',
    problems: ['NOT_READY'],
    handle: (_, { monitor }) =>
      monitor.latest()
        ? { data: { status: 'ready' as const }, message: 'The monitor has samples' }
        : NOT_READY,
  }),
];
