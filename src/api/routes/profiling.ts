// Allocation snapshots: take one, list them, look at one, compare two.
import type { Monitor, ProfileFormat, ProfilingState, SnapshotOutcome } from '../../monitor/monitor.ts';
import { text, wholeNumber } from '../parameter.ts';
import { previousRunField } from '../present/previous-run.ts';
import { toMegabytes } from '../present/quantity.ts';
import {
  presentBuffers,
  presentComparison,
  presentGrowingSite,
  presentSampler,
  presentSnapshot,
  presentStatistics,
} from '../present/snapshot.ts';
import { presentVerdict } from '../present/verdict.ts';
import { presentWorkersWithSites } from '../present/worker-threads.ts';
import { problemResponse, type Refusal } from '../problems.ts';
import { type Answer, jsonRoute, type Route } from '../route.ts';
import { statisticsQuery, toStatisticsQuery } from '../statistics-query.ts';
import type { MemoryLeaks, Snapshot } from '../wire.ts';

const NOT_FOUND: Refusal = { refusal: 'SNAPSHOT_NOT_FOUND' };
const MAX_PATH_LENGTH = 4096;

const id = text(0, 40, 'of a kept snapshot');

interface SnapshotFile {
  readonly format: ProfileFormat;
  readonly contentType: string;
  readonly opensIn: string;
}

const FILES: readonly SnapshotFile[] = [
  { format: 'pprof', contentType: 'application/octet-stream', opensIn: '`go tool pprof`' },
  { format: 'heapprofile', contentType: 'application/json', opensIn: 'Chrome DevTools and speedscope' },
  { format: 'folded', contentType: 'text/plain', opensIn: 'flame graph tools' },
  { format: 'json', contentType: 'application/json', opensIn: '`plimsoll diff` and scripts' },
];

export const PROFILING_ROUTES: readonly Route[] = [
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/memory-leaks',
    summary: 'Allocation snapshots, what grew between them, and a verdict',
    data: 'memoryLeaks',
    handle: (_, { monitor }) => answerLeaks(monitor),
  }),
  jsonRoute({
    method: 'POST',
    path: '/api/monitoring/memory-snapshot',
    summary: 'An allocation snapshot now, whatever the threshold',
    data: 'snapshot',
    problems: ['PROFILING_DISABLED', 'PROFILING_UNAVAILABLE', 'SNAPSHOT_TOO_SOON', 'SNAPSHOT_TIMED_OUT'],
    handle: async (_, { monitor }) => answerTaken(await monitor.takeSnapshot('manual')),
  }),
  // Before the route of the bare id, which would take their dot too.
  ...FILES.map(fileRoute),
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/snapshots/:id',
    summary: 'One kept snapshot with every allocation site',
    params: { id },
    data: 'snapshot',
    problems: ['SNAPSHOT_NOT_FOUND'],
    handle: ({ params }, { monitor }) => {
      const found = monitor.snapshot(params.id);
      return found ? { data: presentSnapshot(found), message: `Snapshot ${found.id}` } : NOT_FOUND;
    },
  }),
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/snapshots/:id/source',
    summary: 'A few lines of the source at a place of a kept snapshot',
    description: 'Only at one of its frames: this is no way to read other files.',
    params: { id },
    query: {
      file: text(1, MAX_PATH_LENGTH, 'as a frame of the snapshot has it'),
      line: wholeNumber(1, Number.MAX_SAFE_INTEGER, 'as that frame has it'),
    },
    data: 'sourceExcerpt',
    problems: ['SOURCE_NOT_FOUND'],
    handle: ({ params, query }, { monitor }) => {
      const found = monitor.sourceExcerpt(params.id, query);
      if (!found) return { refusal: 'SOURCE_NOT_FOUND' };
      const data = { ...query, first_line: found.firstLine, lines: [...found.lines] };
      return { data, message: `Around line ${query.line}` };
    },
  }),
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/snapshots/:id/statistics',
    summary: "tracemalloc's statistics of a kept snapshot, with its filters",
    params: { id },
    query: statisticsQuery,
    data: 'snapshotStatistics',
    problems: ['SNAPSHOT_NOT_FOUND'],
    handle: ({ params, query }, { monitor }) => {
      const asked = toStatisticsQuery(query);
      if ('refusal' in asked) return asked;
      const found = monitor.snapshotStatistics(params.id, asked);
      return found ? { data: presentStatistics(found, asked), message: 'The largest first' } : NOT_FOUND;
    },
  }),
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/snapshots/:a/compare/:b',
    summary: "What changed from the earlier of two kept snapshots to the later: tracemalloc's compare_to",
    params: { a: id, b: id },
    query: statisticsQuery,
    data: 'snapshotComparison',
    problems: ['SNAPSHOT_NOT_FOUND'],
    handle: ({ params, query }, { monitor }) => {
      const asked = toStatisticsQuery(query);
      if ('refusal' in asked) return asked;
      const comparison = monitor.compareSnapshots(params.a, params.b, asked);
      if (!comparison) return NOT_FOUND;
      return { data: presentComparison(comparison, asked), message: 'The largest change first' };
    },
  }),
];

function fileRoute({ format, contentType, opensIn }: SnapshotFile): Route {
  const suffix = `.${format}`;
  return {
    method: 'GET',
    path: `/api/monitoring/snapshots/:id${suffix}`,
    pattern: `/api/monitoring/snapshots/:id{[^/]+\\.${format}}`,
    summary: `One kept snapshot with its whole tree of stacks, as a file for ${opensIn}`,
    params: { id },
    answer: { kind: 'other', contentType, description: `opens in ${opensIn}` },
    problems: ['SNAPSHOT_NOT_FOUND'],
    respond: async ({ params }, { monitor }) => {
      const name = params.id ?? '';
      const content = monitor.snapshotFile(name.slice(0, -suffix.length), format);
      if (!content) return problemResponse(NOT_FOUND);
      const headers = {
        'content-type': contentType,
        'content-disposition': `attachment; filename="${name}"`,
      };
      return new Response(new Uint8Array(content), { headers });
    },
  };
}

function answerLeaks(monitor: Monitor): Answer<MemoryLeaks> {
  const state = monitor.profiling();
  const data = presentLeaks(monitor, state);
  return state.kind === 'on'
    ? { data, message: 'Memory profiling is on' }
    : { success: false, data, message: 'Memory profiling disabled' };
}

function presentLeaks(monitor: Monitor, state: ProfilingState): MemoryLeaks {
  const latest = monitor.latest();
  const snapshots = state.snapshots.map(presentSnapshot);
  const verdicts = monitor.verdicts();
  return {
    enabled: state.kind === 'on',
    current_memory_mb: latest ? toMegabytes(latest.own.rssBytes) : null,
    threshold_mb: monitor.settings().tracemallocThresholdMb,
    snapshot_count: snapshots.length,
    snapshots,
    latest_snapshot: snapshots.at(-1) ?? null,
    ...(latest ? verdictOn(monitor, latest.own.pid) : {}),
    growing_sites: state.kind === 'on' ? state.growingSites.map(presentGrowingSite) : [],
    ...presentWorkersWithSites(latest?.own.workers, state.kind === 'on' ? state.growingSites : [], verdicts),
    ...previousRunField(monitor),
    ...(state.kind === 'on' ? presentOn(state) : { message: state.howToEnable }),
  };
}

function presentOn({ report, buffers }: Extract<ProfilingState, { kind: 'on' }>) {
  return { sampler: presentSampler(report), ...(buffers && { buffers: presentBuffers(buffers) }) };
}

/** On the process whose allocations these are. */
function verdictOn(monitor: Monitor, pid: number): Pick<MemoryLeaks, 'verdict'> {
  const verdict = monitor.verdicts().find(({ subject }) => subject === `process:${pid}`);
  return verdict ? { verdict: presentVerdict(verdict) } : {};
}

function answerTaken(outcome: SnapshotOutcome): Answer<Snapshot> | Refusal {
  switch (outcome.kind) {
    case 'taken':
      return { data: presentSnapshot(outcome.snapshot), message: 'Snapshot taken' };
    case 'too-soon':
      return {
        refusal: 'SNAPSHOT_TOO_SOON',
        headers: { 'retry-after': String(Math.ceil(outcome.retryAfterSeconds)) },
      };
    case 'disabled':
      return { refusal: 'PROFILING_DISABLED' };
    case 'no-answer':
      return { refusal: 'SNAPSHOT_TIMED_OUT' };
    case 'not-sampling':
      return { refusal: 'PROFILING_UNAVAILABLE', reason: `Nothing is sampled: ${outcome.reason}` };
  }
}
