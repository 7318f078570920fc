import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createManualClock } from '../../../test/manual-clock.ts';
import type { SiteReading } from '../../leak/index.ts';
import { MIB } from '../../units/index.ts';
import type { JournalLine } from './journal-line.ts';
import { keepJournal } from './keep-journal.ts';

function kept() {
  const clock = createManualClock();
  const lines: JournalLine[] = [];
  const now = { rssBytes: 100 * MIB, readings: [] as SiteReading[], closed: false };
  const stop = keepJournal({
    clock,
    journal: {
      write: (line) => lines.push(line),
      close: () => {
        now.closed = true;
      },
    },
    rssBytes: () => now.rssBytes,
    heap: { read: async () => undefined },
    latest: () => undefined,
    siteReadings: () => now.readings,
  });
  const written = (kind: JournalLine['kind']): number => lines.filter((line) => line.kind === kind).length;
  return { clock, lines, now, stop, written };
}

describe('keeping a journal', () => {
  it('writes what changes each second, and what does not now and then', async () => {
    const { clock, now, written } = kept();
    await clock.advance(60);
    assert.ok(written('sample') >= 2 && written('sample') <= 4, String(written('sample')));
    const before = written('sample');
    for (let second = 0; second < 10; second += 1) {
      now.rssBytes += 5 * MIB;
      await clock.advance(1);
    }
    assert.ok(written('sample') - before >= 9);
  });

  it('writes each reading of the sites once, the largest of it', async () => {
    const { clock, lines, now, written } = kept();
    const site = { functionName: 'remember', file: '/app/a.ts', line: 1, column: 1, liveBytes: 1, count: 1 };
    now.readings = [{ atSeconds: 1, sampleIntervalBytes: 1, sites: Array(100).fill(site) }];
    await clock.advance(10);
    assert.equal(written('sites'), 1);
    const [line] = lines.filter((each) => each.kind === 'sites');
    assert.equal(line?.reading.sites.length, 20);
    now.readings = [...now.readings, { atSeconds: 2, sampleIntervalBytes: 1, sites: [site] }];
    await clock.advance(10);
    assert.equal(written('sites'), 2);
  });

  it('ends', async () => {
    const { clock, now, stop, written } = kept();
    await clock.advance(5);
    stop();
    assert.equal(now.closed, true);
    const before = written('sample');
    now.rssBytes *= 2;
    await clock.advance(60);
    assert.equal(written('sample'), before);
  });
});
