// The functions of Python's tracemalloc module: begin, end, forget, how much is traced.
import type { Monitor, TracingOutcome } from '../../monitor/monitor.ts';
import { optional, wholeNumber } from '../parameter.ts';
import { presentTracing } from '../present/tracing.ts';
import type { ProblemCode, Refusal } from '../problems.ts';
import { type Answer, jsonRoute, type Route } from '../route.ts';
import type { Tracing } from '../wire.ts';

const BASE = '/api/monitoring/tracemalloc';

/** Frames: V8's own bound is far off, the tree's size is not. */
const nframe = optional(wholeNumber(1, 128, 'frames that a stack keeps; 64 when absent'));

const ORDER_PROBLEMS: readonly ProblemCode[] = ['TRACING_TIMED_OUT', 'PROFILING_UNAVAILABLE'];

export const TRACEMALLOC_ROUTES: readonly Route[] = [
  jsonRoute({
    method: 'GET',
    path: BASE,
    summary:
      "Whether allocations are traced, since when and how: tracemalloc's is_tracing, get_traced_memory …",
    data: 'tracing',
    handle: async (_, { monitor }) => ({ data: await show(monitor), message: 'Tracing' }),
  }),
  jsonRoute({
    method: 'POST',
    path: `${BASE}/start`,
    summary: "Begins tracing now, without a restart: tracemalloc's start",
    description:
      'What was allocated before never shows. Changes nothing while tracing is on, the number of frames included. A sampler ' +
      'that another profiler runs is read, not started over.',
    query: { nframe },
    data: 'tracing',
    problems: ORDER_PROBLEMS,
    handle: async ({ query }, { monitor }) =>
      answer(monitor, await monitor.tracemalloc.order({ kind: 'start', stackDepth: query.nframe }), {
        changed: 'Tracing has begun',
        unchanged: 'Tracing is on already',
      }),
  }),
  jsonRoute({
    method: 'POST',
    path: `${BASE}/stop`,
    summary: "Ends tracing and forgets what was traced: tracemalloc's stop",
    description: 'Kept snapshots stay. Lets V8 inline functions again.',
    data: 'tracing',
    problems: ['SAMPLER_FOREIGN', ...ORDER_PROBLEMS],
    handle: async (_, { monitor }) =>
      answer(monitor, await monitor.tracemalloc.order({ kind: 'stop' }), {
        changed: 'Tracing has ended',
        unchanged: 'Tracing is off already',
      }),
  }),
  jsonRoute({
    method: 'POST',
    path: `${BASE}/clear`,
    summary: "Forgets what was traced so far and goes on: tracemalloc's clear_traces",
    data: 'tracing',
    problems: ['SAMPLER_FOREIGN', ...ORDER_PROBLEMS],
    handle: async (_, { monitor }) =>
      answer(monitor, await monitor.tracemalloc.order({ kind: 'clear' }), {
        changed: 'What was traced is forgotten',
        unchanged: 'Tracing is off: there is nothing to forget',
      }),
  }),
  jsonRoute({
    method: 'POST',
    path: `${BASE}/reset-peak`,
    summary: "Takes what lives now for the new peak: tracemalloc's reset_peak",
    data: 'tracing',
    handle: async (_, { monitor }) => {
      monitor.tracemalloc.resetPeak();
      return { data: await show(monitor), message: 'The peak is what lives now' };
    },
  }),
];

async function show({ tracemalloc }: Monitor): Promise<Tracing> {
  return presentTracing(tracemalloc.state(), await tracemalloc.tracedMemory(), tracemalloc.heldBytes());
}

interface Messages {
  readonly changed: string;
  readonly unchanged: string;
}

async function answer(
  monitor: Monitor,
  outcome: TracingOutcome,
  { changed, unchanged }: Messages,
): Promise<Answer<Tracing> | Refusal> {
  switch (outcome.kind) {
    case 'done':
      return { data: await show(monitor), message: outcome.changed ? changed : unchanged };
    case 'foreign':
      return { refusal: 'SAMPLER_FOREIGN' };
    case 'no-answer':
      return { refusal: 'TRACING_TIMED_OUT' };
    case 'unavailable':
      return { refusal: 'PROFILING_UNAVAILABLE', reason: 'No thread here can be sampled' };
  }
}
