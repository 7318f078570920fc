import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NOON, processSample, recordAt } from '../../test/history/records.ts';
import { toSampleRow } from './sample-row.ts';
import { hostSeriesNumber } from './stored-series.ts';

function hostValue(row: ReturnType<typeof toSampleRow>, metric: Parameters<typeof hostSeriesNumber>[0]) {
  return row?.host.find(({ series }) => series === hostSeriesNumber(metric))?.value;
}

describe('a record as it is kept', () => {
  it('has milliseconds, bytes and hundredths of a per cent as whole numbers', () => {
    const row = toSampleRow(recordAt(NOON + 0.1234, [processSample({ cpuPercent: 12.345 })], 3_304_000_000));
    assert.equal(row?.atMs, NOON * 1000 + 123);
    assert.equal(hostValue(row, 'memory_used'), 3_304_000_000);
    assert.equal(hostValue(row, 'memory_percent'), 4130);
    assert.deepEqual(row?.processes[0]?.cpu, 1235);
  });

  it('leaves out what is absent', () => {
    const { cpuPercent: _, ...first } = processSample();
    const row = toSampleRow({
      atSeconds: NOON,
      host: { atSeconds: NOON, collectors: [] },
      processes: [first],
    });
    assert.deepEqual(row?.host, []);
    assert.equal(row?.processes[0]?.cpu, undefined);
  });

  it('takes a limit of a control group only where there is one', () => {
    const cgroup = (limit: { kind: 'unlimited' } | { kind: 'limited'; bytes: number; path: string }) =>
      toSampleRow({
        atSeconds: NOON,
        processes: [],
        host: {
          atSeconds: NOON,
          collectors: [],
          cgroup: {
            version: 2,
            path: '/',
            limit,
            high: { kind: 'unlimited' },
            swapLimit: { kind: 'unlimited' },
          },
        },
      });
    assert.equal(hostValue(cgroup({ kind: 'limited', bytes: 4096, path: '/' }), 'cgroup_limit'), 4096);
    assert.equal(hostValue(cgroup({ kind: 'unlimited' }), 'cgroup_limit'), undefined);
  });

  it('leaves out figures that make no sense, and nothing else', () => {
    for (const nonsense of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 54]) {
      const row = toSampleRow(
        recordAt(NOON, [processSample({ pid: 1, rssBytes: nonsense }), processSample({ pid: 2 })], nonsense),
      );
      assert.equal(hostValue(row, 'memory_used'), undefined);
      assert.equal(hostValue(row, 'memory_total'), 8_000_000_000);
      assert.deepEqual(
        row?.processes.map(({ pid }) => pid),
        [2],
      );
    }
  });

  it('is none at a time that makes no sense', () => {
    for (const atSeconds of [Number.NaN, Number.NEGATIVE_INFINITY, -1, 1e12])
      assert.equal(toSampleRow(recordAt(atSeconds)), undefined);
  });

  it('cuts a command line of megabytes', () => {
    const row = toSampleRow(recordAt(NOON, [processSample({ command: 'x'.repeat(2_000_000) })]));
    assert.equal(row?.processes[0]?.command.length, 1024);
  });
});
