import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { RICH_READING } from '../../test/metrics/reading.ts';
import type { HostSample } from '../model/index.ts';
import { createExposition, type Exposition } from './exposition.ts';
import type { MetricsReading } from './reading.ts';

const OPENMETRICS = 'application/openmetrics-text; version=1.0.0';

/** The lines of series, without HELP, TYPE and EOF. */
async function seriesOf(exposition: Exposition, accept?: string): Promise<readonly string[]> {
  const { body } = await exposition.text(accept);
  return body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

async function show(reading: MetricsReading, prefix = 'shop_'): Promise<readonly string[]> {
  const exposition = createExposition({ prefix });
  exposition.update(() => reading);
  return seriesOf(exposition);
}

function host(parts: Partial<HostSample>): MetricsReading {
  return { host: { atSeconds: 100, collectors: [], ...parts } };
}

describe('createExposition', () => {
  it('is empty before the first reading, in either format', async () => {
    const exposition = createExposition({ prefix: 'shop_' });
    assert.deepEqual(await exposition.text(undefined), {
      contentType: 'text/plain; version=0.0.4; charset=utf-8',
      body: '',
    });
    assert.deepEqual(await exposition.text(OPENMETRICS), {
      contentType: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
      body: '# EOF\n',
    });
  });

  it('gives every metric its prefix, help and type', async () => {
    const exposition = createExposition({ prefix: 'shop_' });
    exposition.update(() => RICH_READING);
    const lines = (await exposition.text(undefined)).body.split('\n');
    const described = (kind: string) =>
      new Set(lines.filter((line) => line.startsWith(`# ${kind} `)).map((line) => line.split(' ')[2]));
    const shown = new Set((await seriesOf(exposition)).map((line) => line.split(/[{ ]/)[0]));
    assert.deepEqual([described('HELP'), described('TYPE')], [shown, shown]);
    assert.ok([...shown].every((name) => name?.startsWith('shop_')));
  });

  it('has no series for what a host does not have', async () => {
    const memory = { totalBytes: 8, availableBytes: 5, usedBytes: 3, freeBytes: 2, percent: 37.5 };
    assert.deepEqual(await show(host({ memory })), [
      'shop_memory_usage_bytes{type="used"} 3',
      'shop_memory_usage_bytes{type="available"} 5',
      'shop_memory_usage_bytes{type="total"} 8',
      'shop_memory_usage_bytes{type="free"} 2',
      'shop_memory_usage_percent{type="virtual"} 37.5',
      'shop_monitor_last_sample_timestamp_seconds 100',
    ]);
  });

  it('shows a cgroup without a limit without one', async () => {
    const unlimited = { kind: 'unlimited' } as const;
    const cgroup = {
      version: 2,
      path: '/',
      usageBytes: 7,
      limit: unlimited,
      high: unlimited,
      swapLimit: unlimited,
    } as const;
    const shown = (await show(host({ cgroup }))).filter((line) => line.includes('cgroup'));
    assert.deepEqual(shown, ['shop_cgroup_memory_usage_bytes 7']);
  });

  it('shows 0 where the source said 0', async () => {
    const shown = await show(host({ paging: { oomKills: 0 } }));
    assert.ok(shown.includes('shop_memory_oom_kills_total 0'));
  });

  it('drops the series of a process that is gone, and takes up the new one', async () => {
    const exposition = createExposition({ prefix: '' });
    exposition.update(() => ({
      processes: [{ pid: 7, name: 'old', rssAverageBytes: 2 ** 20, cpuAverage: 1 }],
    }));
    await exposition.text(undefined);
    exposition.update(() => ({
      processes: [{ pid: 8, name: 'new', rssAverageBytes: 2 ** 21, cpuAverage: 2 }],
    }));
    assert.deepEqual(await seriesOf(exposition), [
      'process_trend_rss_mb{pid="8",name="new"} 2',
      'process_trend_cpu_avg{pid="8",name="new"} 2',
    ]);
  });

  it('ends the series of the former verdict', async () => {
    const exposition = createExposition({ prefix: '' });
    const verdict = (kind: 'stable' | 'leaking') => ({ subject: 'host', kind, confidence: 1, evidence: [] });
    exposition.update(() => ({ verdicts: [verdict('stable')] }));
    await exposition.text(undefined);
    exposition.update(() => ({ verdicts: [verdict('leaking')] }));
    const verdicts = (await seriesOf(exposition)).filter((line) => line.startsWith('leak_verdict'));
    assert.deepEqual(verdicts, ['leak_verdict{subject="host",verdict="leaking"} 1']);
  });

  it('follows a counter down when its source began again', async () => {
    const exposition = createExposition({ prefix: '' });
    for (const oomKills of [5, 7, 1]) {
      exposition.update(() => host({ paging: { oomKills } }));
      for (const accept of [undefined, OPENMETRICS]) {
        const shown = await seriesOf(exposition, accept);
        assert.ok(shown.includes(`memory_oom_kills_total ${oomKills}`), shown.join('\n'));
      }
    }
  });

  it('leaves out a figure that makes no sense and keeps the rest', async () => {
    const paging = { oomKills: -1, faults: Number.NaN, majorFaults: 3 };
    const shown = await show(host({ paging }), '');
    assert.deepEqual(shown, [
      'memory_major_page_faults_total 3',
      'monitor_last_sample_timestamp_seconds 100',
    ]);
  });

  it('makes the text once for each format and reading', () => {
    const exposition = createExposition({ prefix: '' });
    exposition.update(() => RICH_READING);
    const first = exposition.text(undefined);
    assert.equal(exposition.text('*/*'), first);
    assert.notEqual(exposition.text(OPENMETRICS), first);
    exposition.update(() => RICH_READING);
    assert.notEqual(exposition.text(undefined), first);
  });

  it('shows as many sites as it was told to', async () => {
    const exposition = createExposition({ prefix: '', topSites: 1 });
    exposition.update(() => ({ sites: RICH_READING.sites ?? [] }));
    assert.deepEqual(await seriesOf(exposition), [
      `allocation_site_bytes{function="remember",file="src/orders.ts",line="41"} ${38 * 2 ** 20}`,
    ]);
  });

  it('keeps two expositions apart', async () => {
    const [one, other] = [createExposition({ prefix: 'a_' }), createExposition({ prefix: 'b_' })];
    one.update(() => ({ snapshotsCount: 1 }));
    other.update(() => ({ snapshotsCount: 2 }));
    assert.deepEqual(await seriesOf(one), ['a_memory_snapshots_count 1']);
    assert.deepEqual(await seriesOf(other), ['b_memory_snapshots_count 2']);
  });

  it('writes any process name on one line from which it can be read back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (name) => {
        const lines = await show({ processes: [{ pid: 7, name, rssAverageBytes: 0, cpuAverage: 0 }] }, '');
        assert.equal(lines.length, 2);
        const quoted = /^process_trend_rss_mb\{pid="7",name="((?:[^"\\]|\\.)*)"\} 0$/u.exec(
          lines[0] ?? '',
        )?.[1];
        assert.equal(quoted?.replace(/\\(.)/gu, '$1'), name);
      }),
    );
  });
});
