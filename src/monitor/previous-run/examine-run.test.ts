import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { createPackageVersions, createPositionResolver } from '../../heap/index.ts';
import { MIB } from '../../units/index.ts';
import { examineRun } from './examine-run.ts';
import { beginJournal, openJournal } from './journal.ts';
import type { JournalSample } from './journal-line.ts';
import { runFiles } from './run-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-examined-'));
after(() => rmSync(folder, { recursive: true }));

const START = {
  pid: 4211,
  startTicks: 99,
  startedAtSeconds: 1000,
  program: '/app/orders.js',
  heapLimitBytes: 512 * MIB,
  sampleBytes: 524_288,
  inlining: false,
};
const PLACE = { name: '(root)', scriptName: '', scriptId: 0, lineNumber: 0, columnNumber: 0 };
const EXPORTED_AT = 2000;

/** A run whose heap was full once, and that was seen last so many seconds later, with a heap that is nearly empty. */
function deathWhenSeen(laterSeconds: number, group: Partial<JournalSample> = {}) {
  const run = `seen-${laterSeconds}-${group.cgroupLimitBytes ?? ''}`;
  const files = runFiles(folder, run);
  beginJournal(files, START);
  writeFileSync(files.exportedProfile, JSON.stringify({ ...PLACE, children: [], allocations: [] }));
  utimesSync(files.exportedProfile, EXPORTED_AT, EXPORTED_AT);
  const journal = openJournal(files, START, (error) => assert.fail(String(error)));
  const atSeconds = EXPORTED_AT + laterSeconds;
  journal.write({
    kind: 'sample',
    sample: { atSeconds, rssBytes: 90 * MIB, heapUsedBytes: 40 * MIB, ...group },
  });
  journal.close();
  const knowledge = { positions: createPositionResolver(), packages: createPackageVersions() };
  return examineRun({ folder, run, counts: {}, knowledge })?.death;
}

const causeWhenSeen = (laterSeconds: number) => deathWhenSeen(laterSeconds)?.cause;

describe('the memory of a run that died', () => {
  const cgroupBytes = 900 * MIB;

  it('is its own in a control group without a limit, which may hold all that a user runs', () =>
    assert.equal(deathWhenSeen(-5, { cgroupBytes })?.rssBytes, 90 * MIB));

  it("is its control group's where that has a limit", () =>
    assert.equal(deathWhenSeen(-5, { cgroupBytes, cgroupLimitBytes: 1024 * MIB })?.rssBytes, cgroupBytes));
});

describe('a run that left the profile of a full heap', () => {
  it('died of it where it was seen no more, or little later', () => {
    assert.equal(causeWhenSeen(-5), 'heap-limit');
    assert.equal(causeWhenSeen(30), 'heap-limit');
  });

  it('did not where it was seen for long after', () => assert.equal(causeWhenSeen(300), 'killed'));
});
