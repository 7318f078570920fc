import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { claimRun, listRuns, newRun, prepareRuns, removeRun, runFiles } from './run-files.ts';

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
    removeRun(folder, runs[0] ?? '');
    assert.deepEqual(listRuns(folder), runs.slice(1));
  });

  it('are claimed by one', () => {
    writeFileSync(runFiles(folder, 'a').journal, 'x');
    assert.deepEqual(
      [claimRun(folder, 'a'), claimRun(folder, 'a'), claimRun(folder, 'b')],
      [true, false, false],
    );
  });

  it('are bounded in number: the oldest go', () => {
    const runs = Array.from({ length: 200 }, (_, index) => newRun(1_795_000_000 + index));
    for (const run of runs) writeFileSync(runFiles(folder, run).journal, '');
    prepareRuns(folder);
    assert.equal(readdirSync(folder).length, 63);
    assert.ok(existsSync(runFiles(folder, runs.at(-1) ?? '').journal));
    prepareRuns(join(folder, 'made', 'as', 'needed'));
  });
});
