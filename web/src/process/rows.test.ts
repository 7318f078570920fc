import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Hotspots, ProcessRecord, Verdict } from '../../../src/api/wire.ts';
import { filterRows, groupByName, type ProcessRow, sortRows, toRows } from './rows.ts';

const record = (pid: number, rss: number, more: Partial<ProcessRecord> = {}): ProcessRecord => ({
  pid,
  start_ticks: pid * 10,
  name: 'node',
  start_time: '2026-01-01T00:00:00Z',
  parent_pid: 1,
  command: `node /srv/app-${pid}.js`,
  state: 'S',
  rss_bytes: rss,
  vms_bytes: rss * 4,
  cpu_percent: null,
  cpu_seconds: 0,
  threads: 2,
  memory_percent: 1,
  ...more,
});

type ProcessTrends = Hotspots['diagnostics']['process_trends'];

const trend = (startTicks: number, more: Partial<ProcessTrends[string]> = {}): ProcessTrends[string] => ({
  name: 'node',
  start_ticks: startTicks,
  sample_count: 60,
  cpu_avg: 0,
  cpu_max: 0,
  cpu_min: 0,
  rss_avg_mb: 1,
  rss_max_mb: 1,
  rss_min_mb: 1,
  rss_slope_mb_per_hour: 38,
  rss_trend: 'increasing',
  first_seen: '2026-01-01T00:00:00Z',
  last_seen: '2026-01-01T00:10:00Z',
  ...more,
});

const hotspots = (trends: ProcessTrends) =>
  ({ diagnostics: { process_trends: trends, process_history_raw: {} } }) as unknown as Hotspots;

const growth = (trends: ProcessTrends, verdicts: Verdict[] = []) =>
  toRows({ processes: [record(1, 100)], hotspots: hotspots(trends), verdicts })[0]?.growthBytesPerHour;

describe('rows of the process table', () => {
  it('show the growth of a trend per hour, in bytes', () => {
    assert.equal(growth({ 1: trend(10) }), 38 * 1024 ** 2);
  });

  it('show no growth for a trend of another process that had the same id', () => {
    assert.equal(growth({ 1: trend(999) }), undefined);
  });

  it('show no growth before a minute of it was seen', () => {
    assert.equal(growth({ 1: trend(10, { last_seen: '2026-01-01T00:00:20Z' }) }), undefined);
  });

  it('show none for a stable trend, whatever its slope', () => {
    assert.equal(growth({ 1: trend(10, { rss_trend: 'stable' }) }), 0);
  });

  it("take the verdict's figure before the trend's", () => {
    const verdict = { subject: 'process:1', verdict: 'leaking', growth_bytes_per_hour: 7 } as Verdict;
    assert.equal(growth({ 1: trend(10) }, [verdict]), 7);
  });
});

const rows = (processes: ProcessRecord[]) => toRows({ processes, hotspots: undefined, verdicts: undefined });
const pids = (shown: readonly ProcessRow[]) => shown.map(({ pid }) => pid);

describe('the process table', () => {
  const table = rows([record(3, 10), record(1, 30, { name: 'Zsh' }), record(2, 20, { name: 'apache' })]);

  it('sorts the largest first, names from A, and either way round', () => {
    assert.deepEqual(pids(sortRows(table, 'rss', false)), [1, 2, 3]);
    assert.deepEqual(pids(sortRows(table, 'rss', true)), [3, 2, 1]);
    assert.deepEqual(pids(sortRows(table, 'name', false)), [2, 3, 1]);
  });

  it('filters by every word, in name, pid or command, whatever the case', () => {
    assert.deepEqual(pids(filterRows(table, 'ZSH')), [1]);
    assert.deepEqual(pids(filterRows(table, 'node app-2')), [2]);
    assert.deepEqual(pids(filterRows(table, ' ')), [3, 1, 2]);
    assert.deepEqual(pids(filterRows(table, 'node nowhere')), []);
  });

  it('groups by name with sums, and leaves who is alone as it is', () => {
    const grouped = groupByName(rows([record(1, 10), record(2, 20), record(3, 5, { name: 'zsh' })]));
    assert.deepEqual(
      grouped.map(({ pid, name, rssBytes, count }) => ({ pid, name, rssBytes, count })),
      [
        { pid: undefined, name: 'node', rssBytes: 30, count: 2 },
        { pid: 3, name: 'zsh', rssBytes: 5, count: 1 },
      ],
    );
  });
});
