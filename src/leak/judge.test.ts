import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { makeTrace } from '../../bench/leak/classes.ts';
import { sampleAt } from '../../bench/leak/measure.ts';
import { createJudge, judgeSeries } from './judge.ts';
import type { SeriesSample } from './sample.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/leak');
/** A set of traces of the laws' own. */
const SET = 77;
const subject = 'process:4211';

const generated = (name: string, number = 0): SeriesSample[] => {
  const { trace } = makeTrace(SET, name, number);
  return Array.from(trace.t, (_, index) => sampleAt(trace, index));
};

const kindOf = (samples: readonly SeriesSample[]) => judgeSeries(samples, { subject }).kind;

/** RSS with noise that repeats from run to run: `level` in MB at a share of the series. */
const series = (level: (share: number) => number, length = 600, stepSeconds = 10): SeriesSample[] =>
  Array.from({ length }, (_, index) => ({
    atSeconds: 1_800_000_000 + index * stepSeconds,
    rssBytes: 1e6 * (level(index / length) + Math.sin(index * 12.9898) * Math.cos(index * 78.233)),
    limitBytes: 500e6,
  }));

const mapBytes = (samples: readonly SeriesSample[], map: (bytes: number) => number): SeriesSample[] =>
  samples.map((sample) => {
    const copy: Record<string, number> = { ...sample };
    for (const [name, value] of Object.entries(sample)) if (name.endsWith('Bytes')) copy[name] = map(value);
    return copy as unknown as SeriesSample;
  });

describe('verdicts on traces of another making', () => {
  const labels = new Map(
    readFileSync(join(FIXTURES, 'labels.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => [line.split(',')[0] ?? '', line.split(',')[2] === '1'] as const),
  );
  for (const file of readdirSync(FIXTURES).filter((name) => labels.has(name))) {
    it(`${file}: ${labels.get(file) ? 'a leak' : 'no leak'}`, () => {
      const [, ...rows] = readFileSync(join(FIXTURES, file), 'utf8').trim().split('\n');
      const samples = rows.map((row) => {
        const [atSeconds = 0, heapFloorBytes = 0, heapUsedBytes = 0, rssBytes = 0, limitBytes = 0, load = 0] =
          row.split(',').map(Number);
        return { atSeconds, heapFloorBytes, heapUsedBytes, rssBytes, limitBytes, requestsPerSecond: load };
      });
      assert.equal(kindOf(samples) === 'leaking', labels.get(file));
      const everyMinute = samples.filter((_, index) => index % 6 === 0);
      assert.equal(kindOf(everyMinute) === 'leaking', labels.get(file), 'sampled every minute');
    });
  }
});

describe('verdicts', () => {
  it('tell a leak with its rate, its beginning and its end', () => {
    const verdict = judgeSeries(
      series((share) => 200 + 100 * share),
      { subject },
    );
    assert.equal(verdict.kind, 'leaking');
    assert.equal(verdict.part, 'rss');
    const perHour = (verdict.growthBytesPerSecond ?? 0) * 3600;
    assert.ok(Math.abs(perHour - 60e6) < 2e6, `${perHour}`);
    assert.ok(
      (verdict.growthInterval?.low ?? 0) * 3600 < 60e6 && (verdict.growthInterval?.high ?? 0) * 3600 > 60e6,
    );
    assert.ok(Math.abs((verdict.timeToLimitSeconds ?? 0) - 200e6 / (60e6 / 3600)) < 1000);
    assert.ok(verdict.confidence > 0.9);
    const kinds = verdict.evidence.map(({ kind }) => kind);
    for (const kind of ['floor', 'growth', 'shape', 'line', 'band-low', 'band-high'])
      assert.ok(kinds.includes(kind));
  });

  it('tell since when', () => {
    const verdict = judgeSeries(
      series((share) => 200 + 200 * Math.max(0, share - 0.5)),
      { subject },
    );
    assert.equal(verdict.kind, 'leaking');
    const onset = ((verdict.sinceSeconds ?? 0) - 1_800_000_000) / 6000;
    assert.ok(Math.abs(onset - 0.5) < 0.1, `${onset}`);
  });

  it('know what is no leak', () => {
    const kinds = {
      stable: kindOf(series(() => 200)),
      'warming-up': kindOf(series((share) => 200 - 80 * Math.exp(-share / 0.15))),
      filling: kindOf(series((share) => 200 + 80 * Math.min(1, share / 0.6))),
      recovering: kindOf(series((share) => 300 - 100 * share)),
      'not-enough-data': kindOf(series(() => 200, 40)),
    };
    for (const [expected, kind] of Object.entries(kinds)) assert.equal(kind, expected);
  });

  it('credit the load', () => {
    const loaded = series(() => 200).map((sample, index) => {
      const requestsPerSecond = 50 + index / 10 + 8 * Math.sin(index / 25);
      return { ...sample, rssBytes: (sample.rssBytes ?? 0) + 1e6 * requestsPerSecond, requestsPerSecond };
    });
    assert.equal(kindOf(loaded), 'growing-with-load');
  });

  it('credit no load that is constant, however young the leak', () => {
    const judge = createJudge({ subject });
    const kinds = new Set<string>();
    for (const [index, sample] of series((share) => 40 + 300 * share, 200, 1).entries()) {
      // Before the first request there is no load; then it is the same but for noise.
      const requestsPerSecond = index < 2 ? 0 : 10 + Math.sin(index * 7.3);
      judge.add({ ...sample, requestsPerSecond });
      kinds.add(judge.latest().kind);
    }
    assert.deepEqual([...kinds].toSorted(), ['leaking', 'not-enough-data']);
  });

  it('are settled once they have lasted', () => {
    const judge = createJudge({ subject });
    const said: number[] = [];
    const settled: number[] = [];
    for (const [index, sample] of series((share) => 200 + 100 * share).entries()) {
      judge.add(sample);
      if (judge.sayingSinceSeconds !== undefined) said.push(index);
      if (judge.isSettled) settled.push(index);
    }
    const [firstSaid = 0, firstSettled = 0] = [said[0], settled[0]];
    assert.ok(firstSaid > 0 && firstSettled >= 1.15 * firstSaid, `${firstSaid}, ${firstSettled}`);
    assert.equal(settled.at(-1), 599);
  });

  it('tell the part that leaks', () => {
    const partOf = (name: string) => judgeSeries(generated(name), { subject }).part;
    assert.equal(partOf('lin_slow'), 'heap');
    assert.equal(partOf('native_leak'), 'native');
    const external = series(() => 200).map((sample, index) => ({
      ...sample,
      heapUsedBytes: 50e6 + 1e6 * Math.sin(index),
      externalBytes: 1e6 * (10 + index / 10 + Math.sin(index)),
    }));
    assert.equal(judgeSeries(external, { subject }).part, 'external');
  });

  it('tell fragmentation', () => {
    const fragmented = series((share) => 200 - 80 * Math.exp(-share / 0.15)).map((sample, index) => ({
      ...sample,
      heapUsedBytes: 50e6 + 1e6 * Math.sin(index * 3.3),
    }));
    assert.equal(kindOf(fragmented), 'fragmented');
  });

  it('are stricter on a host', () => {
    const host = series((share) => 200 + 30 * share).map(({ atSeconds, rssBytes = 0 }) => ({
      atSeconds,
      usedBytes: rssBytes,
      limitBytes: 500e6,
    }));
    assert.equal(judgeSeries(host, { subject: 'host' }).kind === 'leaking', false);
    assert.equal(judgeSeries(host, { subject }).kind, 'leaking');
  });

  it('do not flap: a leak once said is not taken back by a few quiet readings', () => {
    const judge = createJudge({ subject });
    let changes = 0;
    let saying = false;
    for (const sample of series((share) => 200 + 100 * share, 1500)) {
      judge.add(sample);
      if ((judge.sayingSinceSeconds !== undefined) !== saying) changes += 1;
      saying = judge.sayingSinceSeconds !== undefined;
    }
    assert.deepEqual([saying, changes], [true, 1]);
  });
});

describe('laws of verdicts', () => {
  const names = fc.constantFrom('lin_slow', 'flat', 'warmup', 'mid_onset', 'load_ramp', 'native_leak');
  const few = { numRuns: 6 };

  it('a shift or a scale changes nothing but the figures', () => {
    fc.assert(
      fc.property(
        names,
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 64 }),
        (name, number, scale) => {
          const samples = generated(name, number).slice(0, 720);
          const kind = kindOf(samples);
          assert.equal(kindOf(mapBytes(samples, (bytes) => bytes * scale)), kind);
          assert.equal(kindOf(mapBytes(samples, (bytes) => bytes + scale * 2 ** 27)), kind);
        },
      ),
      few,
    );
  });

  it('a leak added never makes a leak stable', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('lin_slow', 'mid_onset', 'leak_restarts'),
        fc.integer({ min: 1, max: 8 }),
        (name, times) => {
          const samples = generated(name).slice(0, 720);
          fc.pre(kindOf(samples) === 'leaking');
          const worse = samples.map((sample, index) => {
            const leaked = (times * 1e8 * index) / samples.length;
            return {
              ...sample,
              heapFloorBytes: (sample.heapFloorBytes ?? 0) + leaked,
              heapUsedBytes: (sample.heapUsedBytes ?? 0) + leaked,
              rssBytes: (sample.rssBytes ?? 0) + leaked,
            };
          });
          assert.notEqual(kindOf(worse), 'stable');
        },
      ),
      few,
    );
  });

  it('time reversed turns growth into recovery', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 400 }), (growth) => {
        const rising = series((share) => 200 + growth * share);
        const values = rising.map(({ rssBytes = 0 }) => rssBytes).reverse();
        const falling = rising.map((sample, index) => ({ ...sample, rssBytes: values[index] ?? 0 }));
        assert.deepEqual([kindOf(rising), kindOf(falling)], ['leaking', 'recovering']);
      }),
      few,
    );
  });

  it('at once and one by one agree, whenever one looks', () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 200 }), (name, every) => {
        const samples = generated(name, 1).slice(0, 720);
        const judge = createJudge({ subject });
        for (const [index, sample] of samples.entries()) {
          judge.add(sample);
          if (index % every === 0) judge.verdict();
        }
        assert.deepEqual(judge.verdict(), judgeSeries(samples, { subject }));
      }),
      few,
    );
  });

  it('in small pieces of work and at once agree', () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 20 }), (name, units) => {
        const samples = generated(name, 2).slice(0, 720);
        const judge = createJudge({ subject, mayMissLooks: true });
        for (const sample of samples) {
          judge.add(sample);
          while (judge.hasWork) assert.ok(judge.work(units) <= units);
        }
        assert.deepEqual(judge.latest(), judgeSeries(samples, { subject }));
      }),
      few,
    );
  });

  it('the sampling interval changes no verdict', () => {
    for (const [level, expected] of [
      [(share: number) => 200 + 100 * share, 'leaking'],
      [() => 200, 'stable'],
      [(share: number) => 200 + 80 * Math.min(1, share / 0.6), 'filling'],
    ] as const) {
      // Two hours, sampled every 0.5, 10 and 60 s; then the same shape in a minute.
      for (const step of [0.5, 10, 60]) assert.equal(kindOf(series(level, 7200 / step, step)), expected);
      if (expected !== 'filling') assert.equal(kindOf(series(level, 120, 0.5)), expected);
    }
  });
});
