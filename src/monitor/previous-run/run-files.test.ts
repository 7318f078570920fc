import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { claimRun, listRuns, newRun, removeFiles, runFiles } from './run-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-runs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the files of runs', () => {
  it('are listed by run, the oldest first', () => {
    const runs = [1_795_000_000, 1_795_000_001, 1_795_099_999].map((at) => newRun(at));
    for (const run of runs.toReversed())
      for (const file of Object.values(runFiles(folder, run))) writeFileSync(file, '');
    assert.deepEqual(listRuns(folder), runs);
    assert.deepEqual(listRuns(join(folder, 'none')), []);
    removeFiles(runFiles(folder, runs[0] ?? ''));
    assert.deepEqual(listRuns(folder), runs.slice(1));
  });

  it('are claimed by one', () => {
    writeFileSync(runFiles(folder, 'a').journal, 'x');
    assert.deepEqual(
      [claimRun(folder, 'a'), claimRun(folder, 'a'), claimRun(folder, 'b')],
      [true, false, false],
    );
  });
});
