import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { beginJournal, readStart } from './journal.ts';
import { beginRun, endRun } from './own-run.ts';
import { newRun, runFiles, runsFolder } from './run-files.ts';

const BEGINNING = {
  startedAtSeconds: 1_795_000_000,
  program: '/app/orders.js',
  heapLimitBytes: 1,
  sampleBytes: 1,
  inlining: false,
};

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'plimsoll-place-'));
});
afterEach(() => rmSync(place, { recursive: true }));

describe('a run of our own', () => {
  it('is known from its beginning, and leaves nothing at its end', () => {
    const run = beginRun(place, BEGINNING);
    assert.deepEqual(readStart(run.files), run.start);
    assert.equal(run.start.pid, process.pid);
    endRun(run);
    assert.deepEqual(readdirSync(runsFolder(place)), []);
    endRun(run);
  });

  it('makes room among those that were killed, and takes none from those that live', () => {
    const living = beginRun(place, BEGINNING);
    const killed = { ...BEGINNING, pid: process.pid, startTicks: 1 };
    for (let number = 1; number < 100; number += 1) {
      const run = newRun(BEGINNING.startedAtSeconds + number);
      beginJournal(runFiles(runsFolder(place), run), killed);
    }
    const newest = beginRun(place, { ...BEGINNING, startedAtSeconds: BEGINNING.startedAtSeconds + 1000 });
    assert.equal(readdirSync(runsFolder(place)).length, 64);
    assert.ok(existsSync(living.files.journal) && existsSync(newest.files.journal));
  });

  it('is none where nothing can be written', () => {
    const file = join(place, 'file');
    writeFileSync(file, '');
    assert.throws(() => beginRun(file, BEGINNING));
  });
});
