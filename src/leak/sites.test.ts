import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MIB } from '../units/index.ts';
import { judgeSites, MOST_GROWING_SITES, type SiteReading } from './sites.ts';

const INTERVAL = 524_288;

const site = (functionName: string, liveBytes: number, line = 41) => ({
  functionName,
  file: 'src/orders.ts',
  line,
  column: 3,
  liveBytes,
  count: 1,
});

/** A reading a minute; each site's live MiB by reading. */
const readings = (sites: Readonly<Record<string, readonly number[]>>): SiteReading[] =>
  Array.from({ length: Math.max(...Object.values(sites).map((live) => live.length)) }, (_, reading) => ({
    atSeconds: 1_800_000_000 + 60 * reading,
    sampleIntervalBytes: INTERVAL,
    sites: Object.entries(sites).map(([name, live]) => site(name, (live[reading] ?? 0) * MIB)),
  }));

describe('growing sites', () => {
  it('are those that keep rising, the fastest first, with their share', () => {
    const growing = judgeSites(
      readings({
        remember: [10, 30, 50, 70, 90, 110],
        cache: [20, 25, 30, 35, 40, 45],
        buffer: [40, 39, 41, 40, 39, 41],
        parse: [60, 10, 45, 5, 70, 20],
      }),
    );
    assert.deepEqual(
      growing.map(({ site: { functionName } }) => functionName),
      ['remember', 'cache'],
    );
    const [first] = growing;
    assert.ok(first);
    assert.deepEqual([first.rises, first.steps], [5, 5]);
    assert.ok(Math.abs(first.growthBytesPerSecond - (20 * MIB) / 60) < MIB / 60);
    assert.ok(first.growthInterval.low < first.growthBytesPerSecond);
    assert.ok(first.share > 0.6 && first.share <= 1, `${first.share}`);
  });

  it('must grow beyond what the sampler may be wrong by', () => {
    // Half a MiB a reading out of samples that stand for half a MiB each.
    assert.deepEqual(judgeSites(readings({ remember: [40, 40.5, 41, 41.5, 42, 42.5] })), []);
  });

  it('must still grow when last seen', () => {
    assert.deepEqual(judgeSites(readings({ cache: [10, 60, 110, 110, 110, 110, 110, 110] })), []);
  });

  it('need three readings, and three in strict order will do', () => {
    assert.deepEqual(judgeSites(readings({ remember: [10, 60] })), []);
    assert.equal(judgeSites(readings({ remember: [10, 60, 110] })).length, 1);
    assert.deepEqual(judgeSites(readings({ remember: [60, 10, 110] })), []);
  });

  it('take a site that was not there for one with nothing alive', () => {
    const late = readings({ remember: [0, 0, 20, 40, 60, 80] }).map((reading, index) =>
      index < 2 ? { ...reading, sites: [] } : reading,
    );
    assert.equal(judgeSites(late).length, 1);
  });

  it('do not depend on the order of readings, and are bounded', () => {
    const many = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`f${index}`, [10, 40, 70, 100, 130]] as const),
    );
    const forwards = judgeSites(readings(many));
    assert.equal(forwards.length, MOST_GROWING_SITES);
    assert.deepEqual(judgeSites(readings(many).reverse()), forwards);
  });
});
