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
    assert.ok(first.growthBytesPerSecond !== undefined && first.growthInterval !== undefined);
    assert.ok(Math.abs(first.growthBytesPerSecond - (20 * MIB) / 60) < MIB / 60);
    assert.ok(first.growthInterval.low < first.growthBytesPerSecond);
    assert.ok(first.share > 0.6 && first.share <= 1, `${first.share}`);
  });

  it('must grow beyond what the sampler may be wrong by', () => {
    // Half a MiB a reading out of samples that stand for half a MiB each.
    assert.deepEqual(judgeSites(readings({ remember: [40, 40.5, 41, 41.5, 42, 42.5] })), []);
  });

  it('are told with the steps in which they rose: what came at once and stays rose in few', () => {
    const [cache] = judgeSites(readings({ cache: [10, 20, 60, 110, 110, 110, 110, 110] }));
    assert.deepEqual([cache?.rises, cache?.steps], [3, 7]);
  });

  it('need two readings', () => {
    assert.deepEqual(judgeSites([]), []);
    assert.deepEqual(judgeSites(readings({ remember: [100] })), []);
    assert.equal(judgeSites(readings({ remember: [10, 100] })).length, 1);
  });

  it('are listed with new ones among them, and their shares of all that grew', () => {
    const [first, second] = judgeSites([
      ...readings({ a: [10] }),
      ...readings({ a: [0, 50], b: [0, 90] }).slice(1),
    ]);
    assert.deepEqual([first?.site.functionName, first?.growthBytes, first?.share], ['b', 90 * MIB, 90 / 130]);
    assert.deepEqual([second?.site.functionName, second?.growthBytes], ['a', 40 * MIB]);
  });

  it('have a share of the growth of the whole heap, where others grow too little to be told', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`small${index}`, [4, 5]]));
    const [leak] = judgeSites(readings({ leak: [0, 60], ...many }));
    assert.equal(leak?.share, 0.6);
  });

  it('are no garbage: the least of neighbouring readings counts', () => {
    const grown = (churn: readonly number[]) =>
      judgeSites(readings({ churn })).map(({ growthBytes }) => growthBytes / MIB);
    assert.deepEqual(grown([5, 5, 5, 200]), []);
    assert.deepEqual(grown([0, 0, 0, 200]), []);
    assert.deepEqual(grown([5, 9, 50, 60]), [45]);
    const swinging = [60, 20, 40, 30, 50, 25, 45, 30, 55, 35, 40, 50];
    assert.deepEqual(grown(swinging), []);
    assert.deepEqual(grown(swinging.map((size, index) => size + 10 * index)), [95]);
  });

  it("are beyond the sampler's error of what there is of them", () => {
    assert.deepEqual(judgeSites(readings({ a: [100, 120] })), [], '20 MiB are less than three errors of 120');
    assert.equal(judgeSites(readings({ a: [100, 130] })).length, 1);
  });

  it('take a site that was not there for one with nothing alive', () => {
    const late = readings({ remember: [0, 0, 20, 40, 60, 80] }).map((reading, index) =>
      index < 2 ? { ...reading, sites: [] } : reading,
    );
    assert.equal(judgeSites(late).length, 1);
  });

  it('are bounded', () => {
    const many = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`f${index}`, [10, 40, 70, 100, 130]] as const),
    );
    assert.equal(judgeSites(readings(many)).length, MOST_GROWING_SITES);
  });

  it('have no rate where all readings are of one moment', () => {
    const [before, after] = readings({ remember: [10, 100] });
    assert.ok(before && after);
    const [growing] = judgeSites([{ ...before, atSeconds: after.atSeconds }, after]);
    assert.equal(growing?.growthBytes, 90 * MIB);
    assert.equal(growing?.growthBytesPerSecond, undefined);
  });
});
