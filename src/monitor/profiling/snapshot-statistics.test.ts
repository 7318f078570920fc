import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { createPositionResolver } from '../../heap/index.ts';
import { EXTERNAL_DOMAIN, HEAP_DOMAIN, type Profile } from '../../model/index.ts';
import { ProfileBuilder } from '../../profile/index.ts';
import type { SnapshotRecord, StatisticsQuery } from '../monitor.ts';
import { compareKept, snapshotStatistics } from './snapshot-statistics.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-statistics-'));
after(() => rmSync(folder, { recursive: true }));
const ORDERS = join(folder, 'orders.ts');
writeFileSync(ORDERS, 'const orders = [];\n  orders.push({ id });\n');
const SERVER = join(folder, 'server.ts');

const positions = createPositionResolver();
const record = (atSeconds: number) => ({ id: `s${atSeconds}`, atSeconds }) as SnapshotRecord;

/** `remember` called by `handle`, with so many bytes, and a buffer of 50 bytes that `handle` made. */
function profile(rememberBytes: number): Profile {
  const builder = new ProfileBuilder();
  const frame = (functionName: string, file: string, line: number) =>
    builder.frame({ functionName, file, line, column: 1 });
  const handle = frame('handle', SERVER, 9);
  builder.addSample(builder.stackOf([handle, frame('remember', ORDERS, 2)]), rememberBytes, 2, HEAP_DOMAIN);
  builder.addSample(builder.stackOf([handle]), 50, 1, EXTERNAL_DOMAIN);
  return builder.build({ counts: 'objects' });
}

function rowsOf(query: StatisticsQuery): readonly (readonly [string, number])[] {
  const found = snapshotStatistics({ record: record(1), profile: profile(100) }, query, positions);
  return found.statistics.map(({ traceback, sizeBytes }) => {
    const place = traceback.at(-1);
    return [`${place?.file.slice(folder.length + 1)}:${place?.line}`, sizeBytes] as const;
  });
}

describe('statistics of a kept snapshot', () => {
  it('are by line, by file, by stack, and cumulative', () => {
    assert.deepEqual(rowsOf({ key: 'lineno' }), [
      ['orders.ts:2', 100],
      ['server.ts:9', 50],
    ]);
    assert.deepEqual(rowsOf({ key: 'filename', cumulative: true }), [
      ['server.ts:0', 150],
      ['orders.ts:0', 100],
    ]);
    assert.equal(rowsOf({ key: 'traceback' }).length, 2);
  });

  it('are of what the filters leave', () => {
    const server = { filenamePattern: SERVER, allFrames: false };
    assert.deepEqual(rowsOf({ key: 'lineno', filters: [{ ...server, inclusive: false }] }), [
      ['orders.ts:2', 100],
    ]);
    assert.deepEqual(rowsOf({ key: 'lineno', filters: [{ ...server, inclusive: true, lineno: 8 }] }), []);
    assert.equal(
      rowsOf({ key: 'lineno', filters: [{ ...server, inclusive: true, allFrames: true }] }).length,
      2,
    );
    const heap = { ...server, inclusive: true, allFrames: true, domain: 'heap' } as const;
    assert.deepEqual(rowsOf({ key: 'lineno', filters: [heap] }), [['orders.ts:2', 100]]);
  });

  it('are printed with the lines of the source', () => {
    const query = { key: 'traceback', formatted: true } as const;
    const found = snapshotStatistics({ record: record(1), profile: profile(100) }, query, positions);
    assert.deepEqual(found.statistics[0]?.formatted, [
      `  File "${SERVER}", line 9`,
      `  File "${ORDERS}", line 2`,
      '    orders.push({ id });',
    ]);
  });

  it('are compared from the earlier to the later, whichever way round', () => {
    const [early, late] = [
      { record: record(1), profile: profile(100) },
      { record: record(2), profile: profile(900) },
    ];
    const filters = [{ inclusive: true, filenamePattern: ORDERS, allFrames: false }];
    for (const pair of [
      [early, late],
      [late, early],
    ] as const) {
      const { before, total, differences } = compareKept(pair, { key: 'lineno', filters }, positions);
      assert.deepEqual([before.id, total, differences[0]?.sizeDiffBytes], ['s1', 1, 800]);
    }
  });
});
