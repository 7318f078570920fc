// Holds Snapshot and its parts to Python's own module: fixtures/profiles/tracemalloc_cases.py made the cases.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ProfileBuilder } from '../builder.ts';
import { DomainFilter, Filter, type TraceFilter } from './filter.ts';
import { fnmatch } from './fnmatch.ts';
import { sizeText } from './size-text.ts';
import { Snapshot, type StatisticKey } from './snapshot.ts';
import { Frame, Traceback } from './traceback.ts';

type RawFrame = readonly [file: string, line: number];

interface RawSample {
  /** The most recent first. */
  readonly frames: readonly RawFrame[];
  readonly bytes: number;
  readonly count: number;
  readonly domain: number;
}

interface RawFilter {
  readonly inclusive: boolean;
  readonly pattern?: string;
  readonly lineno?: number | null;
  readonly allFrames?: boolean;
  readonly domain: number | null;
}

interface Cases {
  readonly statistics: readonly {
    readonly key: StatisticKey;
    readonly cumulative: boolean;
    readonly old: readonly RawSample[];
    readonly new: readonly RawSample[];
    readonly filters: readonly RawFilter[];
    readonly statistics: readonly unknown[];
    readonly comparison: readonly unknown[];
  }[];
  readonly formats: readonly {
    readonly frames: readonly RawFrame[];
    readonly limit: number | null;
    readonly mostRecentFirst: boolean;
    readonly lines: readonly string[];
    readonly text: string;
  }[];
  readonly fnmatch: {
    readonly names: readonly string[];
    readonly patterns: readonly { readonly pattern: string; readonly matches: readonly string[] }[];
  };
  readonly sizes: readonly (readonly [size: number, text: string, signed: string])[];
}

const fixtures = join(import.meta.dirname, '../../../fixtures/profiles');
const casesText = readFileSync(join(fixtures, 'tracemalloc-cases.json'), 'utf8');
const cases = JSON.parse(casesText) as Cases;

function snapshotOf(samples: readonly RawSample[]): Snapshot {
  const builder = new ProfileBuilder();
  for (const { frames, bytes, count, domain } of samples) {
    const numbers = frames.map(([file, line]) => builder.frame({ functionName: '', file, line, column: 0 }));
    builder.addSample(builder.stackOf(numbers.reverse()), bytes, count, domain);
  }
  return new Snapshot(builder.build({ counts: 'objects' }));
}

function filterOf({ inclusive, pattern, lineno, allFrames, domain }: RawFilter): TraceFilter {
  return pattern === undefined
    ? new DomainFilter(inclusive, domain ?? 0)
    : new Filter(inclusive, pattern, lineno ?? undefined, allFrames, domain ?? undefined);
}

function framesOf(traceback: Traceback): RawFrame[] {
  return [...traceback].map(({ filename, lineno }) => [filename, lineno]);
}

describe("Python's tracemalloc", () => {
  it('has enough to say', () => {
    assert.ok(cases.statistics.length >= 200);
    assert.ok(cases.statistics.some(({ statistics }) => statistics.length > 10));
    assert.deepEqual(
      new Set(cases.statistics.map(({ key, cumulative }) => `${key} ${cumulative}`)),
      new Set(['filename false', 'filename true', 'lineno false', 'lineno true', 'traceback false']),
    );
  });

  for (const [index, each] of cases.statistics.entries()) {
    const { key, cumulative, filters } = each;
    const title = `case ${index}: by ${key}${cumulative ? ', cumulative' : ''}, ${filters.length} filters`;
    it(`has the same statistics and comparison in ${title}`, () => {
      const before = snapshotOf(each.old).filterTraces(filters.map(filterOf));
      const after = snapshotOf(each.new).filterTraces(filters.map(filterOf));
      const statistics = after
        .statistics(key, cumulative)
        .map((line) => [framesOf(line.traceback), line.size, line.count, line.toString()]);
      const comparison = after
        .compareTo(before, key, cumulative)
        .map((line) => [
          framesOf(line.traceback),
          line.size,
          line.sizeDiff,
          line.count,
          line.countDiff,
          line.toString(),
        ]);
      assert.deepEqual(statistics, each.statistics);
      assert.deepEqual(comparison, each.comparison);
    });
  }

  it('formats tracebacks the same', () => {
    const withoutSource = '/srv/\u{1f600}.ts';
    const readSource = (file: string, line: number) =>
      file === withoutSource ? undefined : `    line ${line} of ${file}\n`;
    for (const { frames, limit, mostRecentFirst, lines, text } of cases.formats) {
      const oldestFirst = frames.map(([file, line]) => new Frame(file, line)).reverse();
      const traceback = new Traceback(() => oldestFirst, readSource);
      assert.deepEqual(traceback.format(limit ?? undefined, mostRecentFirst), lines);
      assert.equal(traceback.toString(), text);
    }
  });

  for (const { pattern, matches } of cases.fnmatch.patterns)
    it(`matches the same names with ${JSON.stringify(pattern)}`, () => {
      assert.deepEqual(cases.fnmatch.names.filter(fnmatch(pattern)), matches);
    });

  it('prints sizes the same', () => {
    for (const [size, text, signed] of cases.sizes)
      assert.deepEqual([sizeText(size), sizeText(size, true)], [text, signed], String(size));
  });

  it('still answers what the fixture says', { skip: skipWithoutPython() }, () => {
    const script = join(fixtures, 'tracemalloc_cases.py');
    assert.equal(execFileSync('python3', [script], { encoding: 'utf8', maxBuffer: 2 ** 26 }), casesText);
  });
});

/** Debian 12 and later have it; fails in CI, where it has to be. */
function skipWithoutPython(): string | false {
  const check = 'import sys; sys.exit(sys.version_info < (3, 11))';
  if (spawnSync('python3', ['-c', check]).status === 0) return false;
  assert.notEqual(process.env.CI, 'true', 'python3 3.11 is missing in CI');
  return 'python3 3.11 or later is not installed';
}
