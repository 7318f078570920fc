import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RICH_READING } from '../../test/metrics/reading.ts';
import { SETTINGS } from '../config/index.ts';
import { DEFAULT_PREFIX, FAMILIES } from './families.ts';

/** What dashboards and rules from before this project use: these names, with these labels. */
const SEED: Readonly<Record<string, readonly string[]>> = {
  memory_usage_bytes: ['type'],
  memory_usage_percent: ['type'],
  process_memory_bytes: ['type'],
  process_cpu_percent: [],
  process_threads: [],
  metric_trend: ['metric'],
  memory_snapshots_count: [],
  process_history_count: [],
  process_trend_rss_mb: ['pid', 'name'],
  process_trend_cpu_avg: ['pid', 'name'],
  alerts_total: ['type', 'severity'],
  active_alerts: ['severity'],
  slow_queries_count: [],
  slow_queries_slowest_ms: [],
  slow_endpoints_count: [],
  slow_endpoints_slowest_ms: [],
};

describe('the table of metric families', () => {
  it('has the names and labels that came before, and marks them', () => {
    const marked = FAMILIES.filter(({ origin }) => origin === 'seed');
    assert.deepEqual(Object.fromEntries(marked.map(({ name, labels }) => [name, Object.keys(labels)])), SEED);
  });

  it('has each name once, in the characters Prometheus allows', () => {
    const names = FAMILIES.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const name of names) assert.match(name, /^[a-z][a-z0-9_]*$/);
  });

  it('ends the names of counters, and of no other, in _total', () => {
    for (const { name, type } of FAMILIES) assert.equal(name.endsWith('_total'), type === 'counter', name);
  });

  it('has a sentence of help for each, with nothing that a format would escape', () => {
    for (const { name, help } of FAMILIES) assert.match(help, /^[A-Z0-9][^"\\\n]*\.$/, name);
  });

  it('has series for each when every part of a reading is present, with the labels of its row', () => {
    for (const { name, labels, series } of FAMILIES) {
      const found = series(RICH_READING);
      assert.ok(found.length > 0, name);
      for (const one of found) assert.deepEqual(Object.keys(one.labels), Object.keys(labels), name);
    }
  });

  it('has no value of a label that its row does not list', () => {
    for (const { name, labels, series } of FAMILIES) {
      for (const [label, value] of series(RICH_READING).flatMap((one) => Object.entries(one.labels))) {
        const listed = labels[label] ?? [];
        assert.ok(typeof listed === 'string' || listed.includes(String(value)), `${name} ${label} ${value}`);
      }
    }
  });

  it('has no series at all for a reading without parts', () => {
    assert.deepEqual(
      FAMILIES.filter(({ series }) => series({}).length > 0),
      [],
    );
  });

  it('has the default prefix of the settings', () => {
    assert.equal(DEFAULT_PREFIX, SETTINGS.metricsPrefix.default);
  });
});
