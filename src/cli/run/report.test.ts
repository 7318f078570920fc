import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MIB } from '../../units/index.ts';
import { mainRecord, runReport } from './report.ts';

const ENDING = {
  end: { code: 0, signal: null, durationSeconds: 60.123, asked: false },
  oomKillsRose: false,
};

/** A minute at two samples a second, a collection every two seconds. */
function record(heapGrowthBytes: number, nativeGrowthBytes = 0) {
  const samples = Array.from({ length: 120 }, (_, index) => {
    const floorAt = index - (index % 4);
    const wobble = 2000 * ((floorAt * 7) % 13);
    const heapFloorBytes = 12 * MIB + (heapGrowthBytes * floorAt) / 120 + wobble;
    return {
      atSeconds: 1.7e9 + index / 2,
      rssBytes: 150 * MIB + (nativeGrowthBytes * index) / 120 + 9000 * ((index * 5) % 11),
      heapUsedBytes: heapFloorBytes + 300_000 * (index % 4),
      heapTotalBytes: 20 * MIB,
      heapFloorBytes,
      externalBytes: 9 * MIB,
    };
  });
  return { pid: 7, samples, samplesTaken: 120, growingSites: [], snapshots: 2 };
}

describe('a report', () => {
  it('finds what grows and matters', () => {
    const report = runReport(record(12 * MIB), ENDING);
    assert.deepEqual([report.verdict, report.leak, report.part], ['leaking', true, 'heap']);
    const perSecond = report.growth_bytes_per_second.heap ?? 0;
    assert.ok(Math.abs(perSecond - (12 * MIB) / 60) < 20_000, String(perSecond));
    assert.deepEqual([report.samples, report.snapshots, report.duration_seconds], [120, 2, 60.12]);
    assert.match(report.finding, /^leaking .* in the JavaScript heap/);
  });

  it('leaves alone what a service gains by being compiled', () => {
    assert.equal(runReport(record(1 * MIB), ENDING).leak, false);
  });

  it('weighs native memory beyond what start-up explains', () => {
    assert.equal(runReport(record(0, 20 * MIB), ENDING).leak, false);
    const report = runReport(record(0, 80 * MIB), ENDING);
    assert.deepEqual([report.leak, report.part], [true, 'native']);
  });

  it('says what precise mode has done', () => {
    const rewriting = { kind: 'precise', filesRewritten: 3, filesLeftAlone: 0 } as const;
    const report = runReport({ ...record(0), rewriting }, ENDING);
    assert.deepEqual(report.precise, { files_rewritten: 3, files_left_alone: 0 });
    assert.equal('precise' in runReport(record(0), ENDING), false);
  });

  it('says what it can of a program that was never sampled', () => {
    const { verdict, growth_bytes_per_second: growth, exit } = runReport(undefined, ENDING);
    assert.equal(verdict, 'not-enough-data');
    assert.deepEqual(growth, { rss: null, heap: null, external: null });
    assert.deepEqual(exit, { code: 0, signal: null, reason: 'exited' });
  });

  it('is on the process that was watched for longest', () => {
    const long = { ...record(0), pid: 1 };
    const brief = { ...record(0), pid: 2, samples: record(0).samples.slice(0, 3) };
    assert.equal(mainRecord([brief, long])?.pid, 1);
    assert.equal(mainRecord([]), undefined);
  });
});
