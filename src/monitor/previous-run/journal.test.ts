import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { MIB } from '../../units/index.ts';
import { appendEnd, beginJournal, openJournal, readJournal } from './journal.ts';
import type { JournalSample, JournalStart } from './journal-line.ts';
import { runFiles } from './run-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-journal-'));
after(() => rmSync(folder, { recursive: true }));

const START: JournalStart = {
  pid: 4211,
  startTicks: 99,
  startedAtSeconds: 1000,
  program: '/app/orders.js',
  heapLimitBytes: 512 * MIB,
  sampleBytes: 524_288,
  inlining: false,
};

const sampleAt = (atSeconds: number): JournalSample => ({ atSeconds, rssBytes: 100 * MIB, externalBytes: 7 });
const SITE = {
  functionName: 'remember',
  file: '/app/orders.js',
  line: 41,
  column: 3,
  liveBytes: 9,
  count: 2,
};
const READING = { atSeconds: 5, sampleIntervalBytes: 524_288, sites: [SITE] };

const refuse = (error: unknown): void => assert.fail(String(error));

function begun(run: string) {
  const files = runFiles(folder, run);
  beginJournal(files, START);
  return files;
}

describe('a journal', () => {
  it('tells what was written', () => {
    const files = begun('whole');
    const journal = openJournal(files, START, refuse);
    journal.write({ kind: 'sample', sample: sampleAt(1001) });
    journal.write({ kind: 'sites', reading: READING });
    journal.write({ kind: 'heap', atSeconds: 1002, usedBytes: 497 * MIB });
    assert.deepEqual(readJournal(files), {
      start: START,
      samples: [sampleAt(1001)],
      siteReadings: [READING],
      lastHeap: { kind: 'heap', atSeconds: 1002, usedBytes: 497 * MIB },
    });
    journal.close();
    appendEnd(files, { atSeconds: 1003, signal: 'SIGKILL', hostOomKills: 8 });
    const end = readJournal(files)?.end;
    assert.deepEqual([end?.signal, end?.hostOomKills], ['SIGKILL', 8]);
  });

  it('is read with its last line torn, at any place', () => {
    const whole = `{"kind":"sample","row":[1002,5,null]}`;
    for (let length = 1; length < whole.length; length += 1) {
      const files = begun(`torn-${length}`);
      openJournal(files, START, refuse).write({ kind: 'sample', sample: sampleAt(1001) });
      appendFileSync(files.journal, whole.slice(0, length));
      assert.deepEqual(readJournal(files)?.samples, [sampleAt(1001)]);
      appendEnd(files, { atSeconds: 1003 });
      assert.ok(readJournal(files)?.end, 'what comes after it is read too');
    }
  });

  it('rolls, and keeps its beginning and the newest', () => {
    const files = begun('rolling');
    const journal = openJournal(files, START, refuse, 2000);
    for (let at = 0; at < 500; at += 1) journal.write({ kind: 'sample', sample: sampleAt(at) });
    const size = (file: string): number => statSync(file).size;
    assert.ok(size(files.journal) + size(files.olderJournal) < 5000);
    const { start, samples } = readJournal(files) ?? assert.fail('unreadable');
    assert.deepEqual(start, START);
    assert.ok(samples.length > 20, String(samples.length));
    const last = samples.at(-1)?.atSeconds ?? 0;
    assert.deepEqual(
      samples.map(({ atSeconds }) => atSeconds),
      samples.map((_, index) => last - samples.length + 1 + index),
      'nothing is missing between',
    );
    assert.equal(last, 499);
  });

  it('ends when it cannot be written, and says so once', () => {
    const files = begun('full');
    const failures: unknown[] = [];
    const nowhere = { journal: join(folder, 'no', 'such'), olderJournal: join(folder, 'no', 'older') };
    const journal = openJournal(nowhere, START, (error) => failures.push(error));
    for (let at = 0; at < 100; at += 1) journal.write({ kind: 'sample', sample: sampleAt(at) });
    journal.close();
    assert.equal(failures.length, 1);
    assert.ok(readJournal(files), 'another one is not touched');
  });

  it('is none without a beginning, or with nothing that is ours', () => {
    const files = runFiles(folder, 'foreign');
    assert.equal(readJournal(files), undefined);
    writeFileSync(files.journal, 'hello\n{"kind":"novel"}\n[]\nnull\n');
    assert.equal(readJournal(files), undefined);
  });
});
