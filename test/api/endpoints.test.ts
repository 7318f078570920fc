// Every endpoint, asked for real: its status, its shape against its own schema, and the figures that scripts read.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type Api, createApi } from '../../src/api/api.ts';
import { ROUTES } from '../../src/api/routes/index.ts';
import { envelope, problem } from '../../src/api/schemas/index.ts';
import { SCHEMAS } from '../../src/api/schemas/named.ts';
import type * as wire from '../../src/api/wire.ts';
import { MIB } from '../../src/units/index.ts';
import {
  createFakeMonitor,
  type FakeMonitor,
  fakeHost,
  fakeIncident,
  fakeLatest,
  fakeProcess,
  fakeProfiling,
  fakeSnapshot,
  NOW_SECONDS,
} from './fake-monitor.ts';

let monitor: FakeMonitor;
let api: Api;

beforeEach(() => {
  monitor = createFakeMonitor();
  api = createApi(monitor, { now: () => NOW_SECONDS, webRoot: '/nonexistent' });
});

const ask = (path: string, init: RequestInit = {}) => api.fetch(new Request(`http://localhost${path}`, init));
const put = (path: string, body: unknown) => ask(path, { method: 'PUT', body: JSON.stringify(body) });

async function data<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await ask(path, init);
  const body = (await response.json()) as { success: boolean; data: T };
  assert.equal(response.status, 200, JSON.stringify(body));
  return body.data;
}

async function refused(response: Response): Promise<wire.Problem> {
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  const body = problem.parse(await response.json());
  assert.equal(body.status, response.status);
  return body;
}

/** One good request for every route there is: a new route without one fails below. */
const EXAMPLES: Readonly<Record<string, { readonly url: string; readonly body?: unknown }>> = {
  'GET /healthz': { url: '/healthz' },
  'GET /readyz': { url: '/readyz' },
  'GET /metrics': { url: '/metrics' },
  'GET /api/monitoring/status': { url: '/api/monitoring/status' },
  'POST /api/monitoring/health-check': { url: '/api/monitoring/health-check' },
  'GET /api/monitoring/detailed-metrics': { url: '/api/monitoring/detailed-metrics' },
  'GET /api/monitoring/hotspots': { url: '/api/monitoring/hotspots' },
  'GET /api/monitoring/previous-run': { url: '/api/monitoring/previous-run' },
  'GET /api/monitoring/processes': { url: '/api/monitoring/processes?sort=cpu&limit=2&name=o' },
  'GET /api/monitoring/processes/:pid': { url: '/api/monitoring/processes/4211?smaps=true' },
  'GET /api/monitoring/processes/:pid/history': { url: '/api/monitoring/processes/4211/history?metric=rss' },
  'GET /api/monitoring/processes/:pid/history/columns': {
    url: '/api/monitoring/processes/4211/history/columns?last=600',
  },
  'GET /api/monitoring/batch': {
    url: '/api/monitoring/batch?get=status&get=trends%3Fhours%3D48&get=nowhere',
  },
  'POST /api/monitoring/processes/:pid/profile': {
    url: '/api/monitoring/processes/4211/profile',
    body: { seconds: 5, confirm: true },
  },
  'GET /api/monitoring/trends': { url: '/api/monitoring/trends?hours=48' },
  'GET /api/monitoring/history': {
    url: '/api/monitoring/history?metric=memory_percent,swap_used&points=100',
  },
  'GET /api/monitoring/history/columns': {
    url: '/api/monitoring/history/columns?metric=memory_percent,swap_used&points=100',
  },
  'GET /api/monitoring/marks': { url: '/api/monitoring/marks?last=7200' },
  'GET /api/monitoring/alerts': { url: '/api/monitoring/alerts?hours=0.5' },
  'PUT /api/monitoring/alerts/:key/silence': {
    url: '/api/monitoring/alerts/high_memory/silence',
    body: { minutes: 30 },
  },
  'POST /api/monitoring/test-alert': { url: '/api/monitoring/test-alert' },
  'GET /api/monitoring/settings': { url: '/api/monitoring/settings' },
  'PUT /api/monitoring/settings': { url: '/api/monitoring/settings', body: { dedup_window: 60 } },
  'PUT /api/monitoring/thresholds': { url: '/api/monitoring/thresholds', body: { memory_threshold: 80 } },
  'GET /api/monitoring/memory-leaks': { url: '/api/monitoring/memory-leaks' },
  'POST /api/monitoring/memory-snapshot': { url: '/api/monitoring/memory-snapshot' },
  'GET /api/monitoring/snapshots/:id': { url: `/api/monitoring/snapshots/${fakeSnapshot.id}` },
  'GET /api/monitoring/snapshots/:id.pprof': { url: `/api/monitoring/snapshots/${fakeSnapshot.id}.pprof` },
  'GET /api/monitoring/snapshots/:id.heapprofile': {
    url: `/api/monitoring/snapshots/${fakeSnapshot.id}.heapprofile`,
  },
  'GET /api/monitoring/snapshots/:id.folded': { url: `/api/monitoring/snapshots/${fakeSnapshot.id}.folded` },
  'GET /api/monitoring/snapshots/:id.json': { url: `/api/monitoring/snapshots/${fakeSnapshot.id}.json` },
  'GET /api/monitoring/snapshots/:id/source': {
    url: `/api/monitoring/snapshots/${fakeSnapshot.id}/source?file=/srv/app.ts&line=7`,
  },
  'GET /api/monitoring/snapshots/:id/statistics': {
    url: `/api/monitoring/snapshots/${fakeSnapshot.id}/statistics?key=lineno&include=*.ts&format=true`,
  },
  'GET /api/monitoring/snapshots/:a/compare/:b': {
    url: `/api/monitoring/snapshots/${fakeSnapshot.id}/compare/${fakeSnapshot.id}?key=filename`,
  },
  'GET /api/monitoring/tracemalloc': { url: '/api/monitoring/tracemalloc' },
  'POST /api/monitoring/tracemalloc/start': { url: '/api/monitoring/tracemalloc/start?nframe=25' },
  'POST /api/monitoring/tracemalloc/stop': { url: '/api/monitoring/tracemalloc/stop' },
  'POST /api/monitoring/tracemalloc/clear': { url: '/api/monitoring/tracemalloc/clear' },
  'POST /api/monitoring/tracemalloc/reset-peak': { url: '/api/monitoring/tracemalloc/reset-peak' },
  'GET /api/monitoring/events': { url: '/api/monitoring/events' },
  'GET /api/openapi.json': { url: '/api/openapi.json' },
  'GET /': { url: '/' },
};

describe('every route', () => {
  for (const route of ROUTES) {
    const name = `${route.method} ${route.path}`;
    it(`${name} answers as its schema says`, async () => {
      const example = EXAMPLES[name];
      assert.ok(example, 'an example of a request');
      const response = await ask(example.url, {
        method: route.method,
        ...(example.body ? { body: JSON.stringify(example.body) } : {}),
      });
      if (response.status === 409) {
        await refused(response);
        return;
      }
      assert.equal(response.status, 200);
      if (route.answer.kind === 'json') envelope(SCHEMAS[route.answer.data]).parse(await response.json());
      else {
        assert.ok(response.headers.get('content-type')?.startsWith(route.answer.contentType));
        await response.body?.cancel();
      }
    });

    it(`${name} answers HEAD and refuses what it does not take`, async () => {
      const url = EXAMPLES[name]?.url ?? '';
      const response = await ask(url, { method: 'DELETE' });
      assert.equal((await refused(response)).code, 'METHOD_NOT_ALLOWED');
      assert.ok(response.headers.get('allow')?.split(', ').includes(route.method));
      const head = await ask(url, { method: 'HEAD' });
      assert.equal(await head.text(), '');
    });
  }

  it('keeps to its schema when the kernel printed next to nothing', async () => {
    const {
      memory: _memory,
      swap: _swap,
      pressure: _pressure,
      cgroup: _cgroup,
      cpu: _cpu,
      ...bare
    } = fakeHost;
    monitor.script.latest = {
      host: bare,
      own: { atSeconds: NOW_SECONDS, pid: 5, rssBytes: 1, cpuSeconds: 0 },
      processes: [],
    };
    for (const route of ROUTES.filter(({ method }) => method === 'GET')) {
      const response = await ask(EXAMPLES[`GET ${route.path}`]?.url ?? '');
      if (route.path.includes(':pid')) assert.equal((await refused(response)).code, 'PROCESS_NOT_FOUND');
      else if (route.answer.kind === 'json')
        envelope(SCHEMAS[route.answer.data]).parse(await response.json());
      else await response.body?.cancel();
    }
  });
});

describe('before the first sample', () => {
  beforeEach(() => {
    monitor.script.latest = undefined;
  });

  for (const path of [
    '/readyz',
    '/api/monitoring/detailed-metrics',
    '/api/monitoring/processes',
    '/api/monitoring/processes/4211',
    '/api/monitoring/processes/4211/history',
  ]) {
    it(`${path} asks for patience`, async () => {
      const response = await ask(path);
      const { code, status } = await refused(response);
      assert.deepEqual([code, status, response.headers.get('retry-after')], ['NOT_READY', 503, '1']);
    });
  }

  it('is alive all the same', async () => {
    assert.equal((await ask('/healthz')).status, 200);
    assert.equal((await data<wire.Status>('/api/monitoring/status')).status, 'starting');
    const leaks = await data<wire.MemoryLeaks>('/api/monitoring/memory-leaks');
    assert.equal(leaks.current_memory_mb, null);
  });
});

describe('detailed-metrics', () => {
  it('has the seed’s figures under the seed’s names', async () => {
    const { timestamp, system_overview, alerts_summary } = await data<wire.DetailedMetrics>(
      '/api/monitoring/detailed-metrics',
    );
    assert.equal(timestamp, '2026-03-01T12:00:00.000Z');
    assert.deepEqual(system_overview.memory, {
      virtual: {
        percent: 41.7,
        total_gb: 24,
        used_gb: 10,
        available_gb: 14,
        free_gb: 8,
        details: { active_gb: 5, cached_gb: 3 },
      },
      swap: { percent: 25, total_gb: 2, used_gb: 0.5, free_gb: 1.5, sin_gb: 1 / 1024 },
      top_processes: [4211, 7, 9].map((pid) => ({
        pid,
        name: fakeLatest.processes.find((process) => process.pid === pid)?.name,
        memory_percent: 3.46,
        memory_mb: { 4211: 812.12, 7: 900, 9: 1 }[pid],
        memory_vms_mb: 1400,
      })),
      trend: 'increasing',
    });
    assert.deepEqual(system_overview.cpu, {
      current_usage: 12.35,
      logical_count: 2,
      load_average: { '1min': 2, '5min': 1, '15min': 0.5 },
      trend: 'increasing',
    });
    assert.deepEqual(alerts_summary.by_severity, { warning: 0, medium: 0, high: 1, critical: 0 });
  });

  it('describes the own process and its container', async () => {
    const { system_overview } = await data<wire.DetailedMetrics>('/api/monitoring/detailed-metrics');
    const { pid, create_time, status, memory_mb, num_threads, heap } = system_overview.process;
    assert.deepEqual(
      [pid, create_time, status, memory_mb, num_threads, heap?.used_mb, heap?.limit_mb],
      [4211, '2026-03-01T11:00:00.000Z', 'sleeping', 812.12, 11, 100, 4096],
    );
    assert.deepEqual(
      [system_overview.cgroup?.limit_mb, system_overview.cgroup?.limit_path, system_overview.cgroup?.high_mb],
      [512, '/system.slice', null],
    );
  });

  it('shows five processes of ten', async () => {
    const processes = Array.from({ length: 10 }, (_, index) => fakeProcess({ pid: index + 1 }));
    monitor.script.latest = { ...fakeLatest, processes };
    const { system_overview } = await data<wire.DetailedMetrics>('/api/monitoring/detailed-metrics');
    assert.equal(system_overview.memory?.top_processes.length, 5);
  });
});

describe('health-check', () => {
  it('shows transient entries and the figures it judged', async () => {
    const check = await data<wire.HealthCheck>('/api/monitoring/health-check', { method: 'POST' });
    assert.equal(check.status, 'warning');
    assert.deepEqual(check.alerts, [
      {
        key: 'high_memory',
        type: 'memory',
        severity: 'warning',
        message: 'High memory usage: 86.0% (10.0GB used)',
        transient: true,
        since: '2026-03-01T11:59:59.000Z',
      },
    ]);
    assert.equal(check.metrics?.memory?.virtual.percent, 41.7);
  });

  it('says that it failed', async () => {
    monitor.script.health = { status: 'error', error: 'no /proc', alerts: [] };
    const response = await ask('/api/monitoring/health-check', { method: 'POST' });
    const body = (await response.json()) as wire.Envelope<wire.HealthCheck>;
    assert.deepEqual([response.status, body.success, body.data.error], [200, false, 'no /proc']);
  });
});

describe('hotspots', () => {
  it('has the seed’s dictionaries', async () => {
    const { config, diagnostics } = await data<wire.Hotspots>('/api/monitoring/hotspots');
    assert.deepEqual(config, {
      slow_query_threshold_ms: 100,
      slow_query_ring_size: 50,
      slow_endpoint_threshold_ms: 1000,
      slow_endpoint_ring_size: 50,
      process_history_size: 100,
      tracemalloc_enabled: false,
      tracemalloc_threshold_mb: 100,
      tracemalloc_top_n: 10,
    });
    const shown = diagnostics.process_trends['4211'];
    assert.deepEqual(
      [shown?.rss_avg_mb, shown?.rss_slope_mb_per_hour, shown?.rss_trend, shown?.start_time],
      [800, 38, 'increasing', '2026-03-01T11:00:00.000Z'],
    );
    assert.deepEqual(diagnostics.process_history_raw['4211']?.at(-1), {
      timestamp: '2026-03-01T12:00:00.000Z',
      cpu_percent: 4,
      rss_mb: 812.12,
    });
    assert.deepEqual(diagnostics.slow_queries, {
      count: 1,
      threshold_ms: 100,
      queries: [
        { timestamp: '2026-03-01T12:00:00.000Z', query: 'SELECT 1', duration_ms: 123.46, params: null },
      ],
    });
    assert.equal(diagnostics.slow_endpoints.endpoints[0]?.duration_ms, 1500);
  });
});

describe('memory profiling while there is none', () => {
  it('answers 200, unsuccessfully, and how to enable it', async () => {
    const response = await ask('/api/monitoring/memory-leaks');
    assert.equal(response.status, 200);
    const { data: given, ...envelope } = (await response.json()) as { data: wire.MemoryLeaks };
    const { verdict, ...rest } = given;
    assert.deepEqual([verdict?.subject, verdict?.leak], ['process:4211', true], 'judged all the same');
    assert.deepEqual(
      { ...envelope, data: rest },
      {
        success: false,
        data: {
          enabled: false,
          snapshots: [],
          current_memory_mb: 812.12,
          threshold_mb: 100,
          snapshot_count: 0,
          latest_snapshot: null,
          growing_sites: [],
          message: 'set MONITORING_TRACEMALLOC_ENABLED=true and start again',
        },
        message: 'Memory profiling disabled',
      },
    );
  });

  it('takes no snapshot, and says why', async () => {
    const post = () => ask('/api/monitoring/memory-snapshot', { method: 'POST' });
    assert.deepEqual(await refused(await post()).then(({ code, status }) => [code, status]), [
      'PROFILING_DISABLED',
      409,
    ]);
  });
});

describe('memory profiling', () => {
  const post = () => ask('/api/monitoring/memory-snapshot', { method: 'POST' });

  it('lists the snapshots and what grew', async () => {
    monitor.script.profiling = fakeProfiling;
    const leaks = await data<wire.MemoryLeaks>('/api/monitoring/memory-leaks');
    assert.deepEqual([leaks.enabled, leaks.snapshot_count], [true, 1]);
    assert.deepEqual(leaks.latest_snapshot, leaks.snapshots[0]);
    const { top_allocations, ...snapshot } = leaks.snapshots[0] as wire.Snapshot;
    assert.deepEqual(snapshot, {
      id: '20260301T120000000Z',
      timestamp: '2026-03-01T12:00:00.000Z',
      memory_mb: 150,
      trigger: 'threshold',
      sampled_bytes: 6_291_456,
      sample_interval: 524_288,
      basis: 'after-major-collection',
      callees_billed_to_callers: false,
    });
    const position = { file: '/srv/app.ts', line: 7, column: 17, function: 'remember' };
    assert.deepEqual(top_allocations[0], { ...position, size_mb: 4, count: 1234, origin: 'application' });
    assert.equal(top_allocations[1]?.package, 'json@1.2.3');
    assert.deepEqual(leaks.growing_sites[0], {
      ...position,
      growth_mb: 1,
      growth_mb_per_hour: 6,
      growth_interval_mb_per_hour: { low: 5.14, high: 7.2 },
      live_mb: 4,
      share: 0.5,
      rises: 4,
      steps: 5,
      origin: 'application',
    });
    assert.deepEqual(leaks.sampler, {
      started: 'native',
      before_application: true,
      readings: 5,
      last_pause_seconds: 0.0012,
      precise: {
        files_rewritten: 41,
        files_left_alone: 1,
        last_left_alone: { file: '/srv/decorated.js', reason: 'Unexpected character' },
      },
    });
    assert.deepEqual(leaks.buffers, {
      read_at: '2026-03-01T12:00:00.000Z',
      total_mb: 5,
      attributed_mb: 4,
      unattributed_mb: 1,
      top_allocations: [{ ...top_allocations[0], kind: 'buffer' }],
    });
    const { diagnostics } = await data<wire.Hotspots>('/api/monitoring/hotspots');
    assert.deepEqual(diagnostics.memory_snapshots.snapshots, leaks.snapshots);
    assert.deepEqual([diagnostics.memory_snapshots.count, diagnostics.memory_snapshots.enabled], [1, true]);
  });

  it('takes one, or says why not', async () => {
    monitor.script.outcome = { kind: 'taken', snapshot: fakeSnapshot };
    assert.equal(((await (await post()).json()) as { data: wire.Snapshot }).data.id, fakeSnapshot.id);
    monitor.script.outcome = { kind: 'too-soon', retryAfterSeconds: 3.2 };
    const tooSoon = await post();
    assert.deepEqual([tooSoon.status, tooSoon.headers.get('retry-after')], [429, '4']);
    assert.equal((await refused(tooSoon)).code, 'SNAPSHOT_TOO_SOON');
    monitor.script.outcome = { kind: 'no-answer' };
    assert.equal((await refused(await post())).code, 'SNAPSHOT_TIMED_OUT');
    monitor.script.outcome = { kind: 'not-sampling', reason: 'another profiler ended it' };
    const { code, detail } = await refused(await post());
    assert.equal(code, 'PROFILING_UNAVAILABLE');
    assert.match(detail, /Nothing is sampled: another profiler ended it\./);
  });

  it('gives one kept snapshot as a file in each format, and no other', async () => {
    for (const format of ['pprof', 'heapprofile', 'folded']) {
      const response = await ask(`/api/monitoring/snapshots/${fakeSnapshot.id}.${format}`);
      assert.equal(await response.text(), format);
      assert.match(response.headers.get('content-disposition') ?? '', new RegExp(`\\.${format}"$`));
    }
    for (const path of ['x', 'x.pprof', 'x.heapprofile', 'x.folded', `x/compare/${fakeSnapshot.id}`]) {
      const { code } = await refused(await ask(`/api/monitoring/snapshots/${path}`));
      assert.equal(code, 'SNAPSHOT_NOT_FOUND', path);
    }
  });

  it('compares two', async () => {
    const path = `/api/monitoring/snapshots/${fakeSnapshot.id}/compare/${fakeSnapshot.id}`;
    const comparison = await data<wire.SnapshotComparison>(path);
    assert.equal(comparison.key, 'lineno');
    assert.deepEqual(comparison.differences, [
      {
        traceback: [{ file: '/srv/app.ts', line: 7 }],
        size: 4_194_304,
        size_diff: -1_048_576,
        count: 3,
        count_diff: -1,
      },
    ]);
    assert.equal((await refused(await ask(`${path}?key=size`))).code, 'INVALID_PARAMETER');
    await data(`${path}?key=filename&cumulative=true&exclude=*node_modules*`);
    assert.deepEqual(monitor.script.statisticsQuery, {
      key: 'filename',
      cumulative: true,
      formatted: false,
      filters: [
        {
          inclusive: false,
          filenamePattern: '*node_modules*',
          lineno: undefined,
          allFrames: false,
          domain: undefined,
        },
      ],
    });
  });

  it('gives statistics, filtered and formatted', async () => {
    const path = `/api/monitoring/snapshots/${fakeSnapshot.id}/statistics`;
    const found = await data<wire.SnapshotStatistics>(`${path}?key=traceback&format=true`);
    assert.deepEqual([found.key, found.cumulative, found.total], ['traceback', false, 7]);
    assert.deepEqual(found.statistics, [
      {
        traceback: [{ file: '/srv/app.ts', line: 7 }],
        formatted: ['  File "/srv/app.ts", line 7', '    function remember(order) {'],
        size: 4_194_304,
        count: 3,
      },
    ]);
    const filter = { allFrames: true, domain: 'heap' } as const;
    await data(`${path}?include=/srv/*.ts:41,C:/a.js&exclude=*.mjs&all_frames=true&domain=heap`);
    assert.deepEqual(monitor.script.statisticsQuery?.filters, [
      { ...filter, inclusive: true, filenamePattern: '/srv/*.ts', lineno: 41 },
      { ...filter, inclusive: true, filenamePattern: 'C:/a.js', lineno: undefined },
      { ...filter, inclusive: false, filenamePattern: '*.mjs', lineno: undefined },
    ]);
    await data(`${path}?domain=external`);
    assert.deepEqual(
      monitor.script.statisticsQuery?.filters?.map(({ filenamePattern, domain }) => [
        filenamePattern,
        domain,
      ]),
      [['*', 'external']],
    );
    for (const wrong of ['key=traceback&cumulative=true', 'domain=disk', 'include=', 'all_frames=yes'])
      assert.equal((await refused(await ask(`${path}?${wrong}`))).code, 'INVALID_PARAMETER', wrong);
    const { code } = await refused(await ask('/api/monitoring/snapshots/x/statistics'));
    assert.equal(code, 'SNAPSHOT_NOT_FOUND');
  });
});

describe('tracemalloc', () => {
  const post = (path: string) => ask(`/api/monitoring/tracemalloc/${path}`, { method: 'POST' });
  const sent = async (path: string) => ((await (await post(path)).json()) as { message: string }).message;

  it('says that nothing is traced', async () => {
    assert.deepEqual(await data<wire.Tracing>('/api/monitoring/tracemalloc'), {
      tracing: false,
      since: null,
      started_by: null,
      sampler: null,
      traceback_limit: 64,
      sample_interval: null,
      traced_memory: null,
      tracemalloc_memory: 4096,
    });
  });

  it('begins, with so many frames, and says how it traces', async () => {
    const { script } = monitor;
    if (fakeProfiling.kind !== 'on') throw new Error('the fake is on');
    const { sampler } = fakeProfiling.report;
    const state = { kind: 'on', sinceSeconds: NOW_SECONDS, startedBy: 'request', sampler } as const;
    script.tracing = { kind: 'done', changed: true, state: { ...state, tracebackLimit: 25 } };
    script.traced = { currentBytes: 3, peakBytes: 7, atSeconds: NOW_SECONDS };
    assert.equal(await sent('start?nframe=25'), 'Tracing has begun');
    assert.equal(await sent('start'), 'Tracing has begun');
    assert.deepEqual(script.orders, [
      { kind: 'start', stackDepth: 25 },
      { kind: 'start', stackDepth: undefined },
    ]);
    const { data: shown } = (await (await post('reset-peak')).json()) as { data: wire.Tracing };
    assert.deepEqual(shown, {
      tracing: true,
      since: '2026-03-01T12:00:00.000Z',
      started_by: 'request',
      sampler: 'native',
      before_application: true,
      traceback_limit: 25,
      sample_interval: 524_288,
      traced_memory: { current: 3, peak: 7, read_at: '2026-03-01T12:00:00.000Z' },
      tracemalloc_memory: 4096,
    });
    const { tracemalloc } = await data<wire.Status>('/api/monitoring/status');
    assert.deepEqual(tracemalloc, { tracing: true, since: shown.since, started_by: 'request' });
    for (const wrong of ['0', '129', '1.5', 'x'])
      assert.equal((await refused(await post(`start?nframe=${wrong}`))).code, 'INVALID_PARAMETER', wrong);
  });

  it('ends and forgets, or says why not', async () => {
    const { script } = monitor;
    assert.equal(await sent('stop'), 'Tracing has ended');
    script.tracing = { kind: 'done', changed: false, state: { kind: 'off', tracebackLimit: 64 } };
    assert.equal(await sent('stop'), 'Tracing is off already');
    assert.equal(await sent('clear'), 'Tracing is off: there is nothing to forget');
    script.tracing = { kind: 'foreign' };
    for (const path of ['stop', 'clear'])
      assert.equal((await refused(await post(path))).code, 'SAMPLER_FOREIGN', path);
    script.tracing = { kind: 'no-answer' };
    const late = await post('start');
    assert.deepEqual([late.status, (await refused(late)).code], [503, 'TRACING_TIMED_OUT']);
  });
});

describe('processes', () => {
  const list = (query: string) => data<wire.ProcessList>(`/api/monitoring/processes${query}`);
  const pids = async (query: string) => (await list(query)).processes.map(({ pid }) => pid);

  it('sorts, limits and filters', async () => {
    assert.deepEqual(await pids(''), [7, 4211, 9]);
    assert.deepEqual(await pids('?sort=cpu'), [7, 4211, 9]);
    assert.deepEqual(await pids('?sort=pid'), [7, 9, 4211]);
    assert.deepEqual(await pids('?sort=name'), [7, 9, 4211]);
    assert.deepEqual(await pids('?limit=1'), [7]);
    assert.deepEqual(await pids('?name=NOD'), [4211]);
    const { total, matched } = await list('?name=zsh');
    assert.deepEqual([total, matched], [3, 1]);
  });

  it('clips command lines in the list and shows them whole alone', async () => {
    const [listed] = (await list('?name=zsh')).processes;
    assert.equal(listed?.command.length, 1000);
    const { process } = await data<wire.ProcessDetail>('/api/monitoring/processes/9');
    assert.equal(process.command.length, 5000);
    assert.equal(process.cpu_percent, null);
  });

  it('refuses a query it does not understand, with every reason', async () => {
    const { code, problems } = await refused(await ask('/api/monitoring/processes?sort=age&limit=0'));
    assert.equal(code, 'INVALID_PARAMETER');
    assert.deepEqual(
      problems?.map(({ name, value }) => [name, value]),
      [
        ['sort', '"age"'],
        ['limit', '"0"'],
      ],
    );
  });

  it('shows one with its past, its verdict and, on demand, its memory map', async () => {
    const detail = await data<wire.ProcessDetail>('/api/monitoring/processes/4211?smaps=true');
    assert.equal(detail.verdict?.verdict, 'leaking');
    assert.equal(detail.verdict?.growth_bytes_per_hour, 3_600_000);
    assert.deepEqual(detail.memory_map, { rss_bytes: 100, pss_bytes: 60 });
    assert.deepEqual(
      detail.history.series.map(({ metric, unit }) => [metric, unit]),
      [
        ['rss', 'bytes'],
        ['cpu_percent', 'percent'],
      ],
    );
    const plain = await data<wire.ProcessDetail>('/api/monitoring/processes/7');
    assert.deepEqual([plain.tracked, plain.memory_map], [false, undefined]);
  });

  it('tells an unknown pid from one that is none', async () => {
    for (const path of ['99999999', '99999999/history']) {
      assert.equal((await refused(await ask(`/api/monitoring/processes/${path}`))).code, 'PROCESS_NOT_FOUND');
    }
    for (const pid of ['abc', '-1', '1.5', '1e400', '%20', 'NaN']) {
      const response = await ask(`/api/monitoring/processes/${pid}`);
      assert.equal((await refused(response)).code, 'INVALID_PARAMETER', pid);
    }
  });
});

describe('history', () => {
  it('takes a range, and an hour up to now where none is given', async () => {
    const given = await data<wire.History>(
      '/api/monitoring/history?from=2026-03-01T00:00:00Z&to=2026-03-01T13:00:00%2B01:00',
    );
    assert.deepEqual([given.from, given.to], ['2026-03-01T00:00:00.000Z', '2026-03-01T12:00:00.000Z']);
    const { from, to } = await data<wire.History>('/api/monitoring/history');
    assert.deepEqual([from, to], ['2026-03-01T11:00:00.000Z', '2026-03-01T12:00:00.000Z']);
  });

  for (const query of [
    'metric=nonsense',
    'metric=',
    'from=yesterday',
    'points=1',
    'points=1000000',
    'from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z',
  ]) {
    it(`refuses ${query}`, async () => {
      const { code, problems } = await refused(await ask(`/api/monitoring/history?${query}`));
      assert.equal(code, 'INVALID_PARAMETER');
      assert.equal(problems?.length, 1);
    });
  }
});

describe('trends', () => {
  it('is in percentage points per hour', async () => {
    const { period_hours, trends } = await data<wire.Trends>('/api/monitoring/trends');
    assert.equal(period_hours, 24);
    assert.deepEqual(trends.memory, {
      trend: 'increasing',
      slope: 1.2346,
      avg: 40.01,
      min: 38,
      max: 42,
      unit: 'percent',
      data_points: 360,
    });
  });

  it('takes 1 to 168 hours', async () => {
    for (const hours of ['1', '168']) await data(`/api/monitoring/trends?hours=${hours}`);
    for (const hours of ['0.99', '168.01', '0', '-1', 'abc', '', 'Infinity']) {
      const response = await ask(`/api/monitoring/trends?hours=${hours}`);
      assert.equal((await refused(response)).code, 'INVALID_PARAMETER', hours);
    }
  });
});

describe('alerts', () => {
  it('shows incidents with what became of them', async () => {
    const { count, hours, incidents } = await data<wire.Alerts>('/api/monitoring/alerts');
    assert.deepEqual([count, hours], [1, 24]);
    const [shown] = incidents;
    assert.deepEqual([shown?.resolved_at, shown?.notifications], [null, 1]);
    assert.equal(shown?.transitions[0]?.kind, 'fired');
    assert.equal(shown?.deliveries[0]?.detail, '200 OK');
  });

  it('is bounded', async () => {
    monitor.script.incidents = Array.from({ length: 300 }, (_, index) => ({
      ...fakeIncident,
      id: `${index}`,
    }));
    assert.equal((await data<wire.Alerts>('/api/monitoring/alerts')).count, 200);
    assert.equal((await data<wire.Alerts>('/api/monitoring/alerts?limit=5')).count, 5);
  });

  it('a silence is set, shown and ended, and one that makes no sense is refused', async () => {
    const silence = (key: string, body: unknown) =>
      ask(`/api/monitoring/alerts/${key}/silence`, { method: 'PUT', body: JSON.stringify(body) });
    const shown = async () =>
      (await data<wire.Alerts>('/api/monitoring/alerts')).silences.map(({ key }) => key);
    assert.equal((await silence('high_memory', { minutes: 30 })).status, 200);
    assert.deepEqual(await shown(), ['high_memory']);
    for (const [key, body] of [
      ['no_such_alert', { minutes: 1 }],
      ['oom_kill', { minutes: -1 }],
      ['oom_kill', {}],
    ] as const)
      assert.equal((await silence(key, body)).status, 400);
    assert.equal((await silence('high_memory', { minutes: 0 })).status, 200);
    assert.deepEqual(await shown(), []);
  });

  it('a test is a success when every channel took it, and there was one', async () => {
    const test = async () => {
      const response = await ask('/api/monitoring/test-alert', { method: 'POST' });
      const { success, data } = (await response.json()) as wire.Envelope<wire.TestAlert>;
      return [success, data.delivered, data.failed];
    };
    assert.deepEqual(await test(), [true, 1, 0]);
    const [delivered] = monitor.script.deliveries;
    assert.ok(delivered);
    monitor.script.deliveries = [delivered, { ...delivered, outcome: 'failed' }];
    assert.deepEqual(await test(), [false, 1, 1]);
    monitor.script.deliveries = [];
    assert.deepEqual(await test(), [false, 0, 0]);
  });
});

describe('settings', () => {
  it('shows each with its source, and no secret', async () => {
    monitor = createFakeMonitor({
      MEMORY_THRESHOLD: '70',
      SMTP_PASSWORD: 'hunter2',
      WEBHOOK_URLS: 'https://example.test/secret',
    });
    api = createApi(monitor, { webRoot: '/nonexistent' });
    const response = await ask('/api/monitoring/settings');
    const text = await response.text();
    assert.doesNotMatch(text, /hunter2|example\.test/);
    const { settings } = (JSON.parse(text) as wire.Envelope<wire.SettingsList>).data;
    const find = (name: string) => settings.find((setting) => setting.name === name);
    assert.deepEqual(find('MEMORY_THRESHOLD'), {
      name: 'MEMORY_THRESHOLD',
      key: 'memory_threshold',
      value: 70,
      default: 85,
      source: 'environment',
      unit: '%',
      runtime: true,
      help: 'memory in use above which a health check fails',
      allowed: 'a number above 0, at most 100 (%)',
    });
    assert.equal(find('SMTP_PASSWORD')?.value, '***');
    assert.equal(find('MONITORING_MAX_RUNTIME')?.value, null);
  });

  it('changes by any of a setting’s names, and takes the change back', async () => {
    for (const name of ['memory_threshold', 'MEMORY_THRESHOLD', 'memoryThreshold']) {
      const response = await put('/api/monitoring/settings', { [name]: 77 });
      const { data } = (await response.json()) as wire.Envelope<wire.SettingsChanged>;
      assert.deepEqual(
        [data.persisted, data.changed.map(({ key, value, source }) => [key, value, source])],
        [true, [['memory_threshold', 77, 'runtime']]],
      );
      await put('/api/monitoring/settings', { [name]: null });
      assert.equal(monitor.settings().memoryThreshold, 85);
    }
  });

  it('is all or nothing, with every problem told', async () => {
    const response = await put('/api/monitoring/settings', {
      memory_threshold: 80,
      dedup_window: -1,
      nonsense: 1,
      MONITORING_TOKEN: 'secret',
      port: 99,
      MEMORY_THRESHOLD: 81,
      __proto__: 1,
    });
    const { code, status, problems } = await refused(response);
    assert.deepEqual([code, status], ['INVALID_SETTING', 400]);
    assert.deepEqual(problems?.map(({ name }) => name).sort(), [
      'MEMORY_THRESHOLD',
      'MONITORING_TOKEN',
      'dedup_window',
      'nonsense',
      'port',
    ]);
    assert.doesNotMatch(JSON.stringify(problems), /"secret/);
    assert.equal(monitor.settings().memoryThreshold, 85);
  });

  it('thresholds: 0 < t ≤ 100', async () => {
    const change = async (body: unknown) => put('/api/monitoring/thresholds', body);
    for (const memory_threshold of [0, -1, 100.1, 'high', true, []]) {
      const response = await change({ memory_threshold });
      assert.equal(response.status, 400, String(memory_threshold));
      await refused(response);
    }
    for (const body of [{}, [], null, 5, { threshold: 80 }, { memory_threshold: 80, other: 1 }]) {
      assert.equal((await change(body)).status, 400, JSON.stringify(body));
    }
    const infinite = await ask('/api/monitoring/thresholds', {
      method: 'PUT',
      body: '{"memory_threshold":1e999}',
    });
    assert.equal(infinite.status, 400);
    assert.equal(monitor.settings().memoryThreshold, 85);
    const response = await change({ memory_threshold: 100, process_rss_threshold_mb: 0.5 });
    const { data } = (await response.json()) as wire.Envelope<wire.ThresholdsChanged>;
    assert.deepEqual(data, { thresholds: { memory: 100, process_rss_mb: 0.5 }, persisted: true });
  });

  it('says when a change is lost at the next restart', async () => {
    monitor.script.history = { kind: 'memory' };
    const response = await put('/api/monitoring/thresholds', { memory_threshold: 50 });
    const { data, message } = (await response.json()) as wire.Envelope<wire.ThresholdsChanged>;
    assert.equal(data.persisted, false);
    assert.match(message, /until the next restart/);
  });

  for (const [name, body] of [
    ['not JSON', '{"memory_threshold":'],
    ['nothing', ''],
    ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
  ] as const) {
    it(`refuses a body that is ${name}`, async () => {
      const response = await ask('/api/monitoring/thresholds', { method: 'PUT', body });
      assert.equal((await refused(response)).code, 'INVALID_JSON');
    });
  }

  it('refuses more than 64 KiB, announced or not', async () => {
    const large = JSON.stringify({ memory_threshold: 'x'.repeat(70_000) });
    const stream = new Blob([large]).stream();
    const bodies: RequestInit[] = [
      { body: large, headers: { 'content-length': String(large.length) } },
      { body: stream, duplex: 'half' } as RequestInit,
    ];
    for (const init of bodies) {
      const response = await ask('/api/monitoring/settings', { method: 'PUT', ...init });
      assert.equal((await refused(response)).code, 'BODY_TOO_LARGE');
    }
  });
});

describe('metrics', () => {
  it('hands on what the monitor writes', async () => {
    const response = await ask('/metrics');
    assert.equal(response.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
    assert.equal(await response.text(), 'up 1\n');
  });
});

describe('the previous run', () => {
  it('is null when it ended well, and absent from larger answers', async () => {
    const answer = await data<{ previous_run: unknown }>('/api/monitoring/previous-run');
    assert.equal(answer.previous_run, null);
    assert.ok(!('previous_run' in (await data<wire.Status>('/api/monitoring/status'))));
  });

  it('is told where it died', async () => {
    const sentence = 'previous run died at 497 of 512 MiB; 71 % of the growth: src/orders.ts:41 remember';
    monitor.script.previousRun = {
      pid: 4211,
      startedAtSeconds: NOW_SECONDS - 60,
      lastSeenAtSeconds: NOW_SECONDS,
      cause: 'heap-limit',
      sentence,
      heapUsedBytes: 497 * MIB,
      heapLimitBytes: 512 * MIB,
      parts: { overSeconds: 60, heapBytes: 400 * MIB, externalBytes: 0, nativeBytes: -MIB },
      growingSites: [],
      snapshotId: fakeSnapshot.id,
    };
    const expected = {
      pid: 4211,
      started_at: '2026-03-01T11:59:00.000Z',
      last_seen: '2026-03-01T12:00:00.000Z',
      cause: 'heap-limit',
      summary: sentence,
      heap_used_mb: 497,
      heap_limit_mb: 512,
      cgroup_limit_mb: null,
      grown: { over_seconds: 60, heap_mb: 400, external_mb: 0, native_mb: -1 },
      growing_sites: [],
      snapshot_id: fakeSnapshot.id,
    };
    const { previous_run } = await data<{ previous_run: unknown }>('/api/monitoring/previous-run');
    assert.deepEqual(previous_run, expected);
    assert.deepEqual((await data<wire.Status>('/api/monitoring/status')).previous_run, expected);
    assert.deepEqual((await data<wire.MemoryLeaks>('/api/monitoring/memory-leaks')).previous_run, expected);
  });
});
