import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { mayRecord, readRecords, writeRecord } from './run-record.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-records-'));
after(() => rmSync(folder, { recursive: true }));

const record = (pid: number) => ({
  pid,
  samples: [
    { atSeconds: 1.5, rssBytes: 2000 },
    { atSeconds: 2, rssBytes: 3000, heapUsedBytes: 0, heapFloorBytes: 7, externalBytes: 8, requestsTotal: 9 },
  ],
  samplesTaken: 2,
  growingSites: [],
  snapshots: 0,
});

describe('a record of a run', () => {
  it('comes back as it was written, what was not known left out', () => {
    writeRecord(folder, record(11));
    writeRecord(folder, { ...record(11), snapshots: 3 });
    assert.deepEqual(readRecords(folder), [{ ...record(11), snapshots: 3 }]);
  });

  it('is bounded in number', () => {
    assert.equal(mayRecord(folder), true);
    for (let pid = 0; pid < 70; pid++) writeFileSync(join(folder, `other-${pid}`), '');
    assert.equal(mayRecord(folder), false);
  });
});
