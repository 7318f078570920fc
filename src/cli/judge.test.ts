import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { runForTest } from '../../test/cli/run-command.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/leak');
const leak = join(FIXTURES, 'lin_gc-22.csv');
const healthy = join(FIXTURES, 'gc_sawtooth-20.csv');

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-judge-'));
after(() => rmSync(folder, { recursive: true }));

function write(content: string): string {
  const path = join(folder, 'series.csv');
  writeFileSync(path, content);
  return path;
}

const FIELDS = [
  'file',
  'verdict',
  'confidence',
  'leak',
  'growth_bytes_per_hour',
  'time_to_limit_seconds',
  'first_leak_at',
  'evidence',
];

describe('plimsoll judge', () => {
  it('answers a line of JSON a file', async () => {
    const { status, stdout, stderr } = await runForTest(['judge', leak, healthy]);
    assert.deepEqual([status, stderr], [0, '']);
    const lines = stdout.trim().split('\n');
    const [guilty, innocent] = lines.map((line) => JSON.parse(line));
    assert.equal(lines.length, 2);
    for (const field of FIELDS) for (const answer of [guilty, innocent]) assert.ok(field in answer, field);
    assert.deepEqual([guilty.file, guilty.verdict, guilty.leak], [leak, 'leaking', true]);
    // 122 MB in two hours, by the trace's label.
    assert.ok(Math.abs(guilty.growth_bytes_per_hour / 61e6 - 1) < 0.1, `${guilty.growth_bytes_per_hour}`);
    assert.ok(guilty.first_leak_at > 0 && guilty.first_leak_at < 7200);
    assert.ok(guilty.time_to_limit_seconds > 0);
    assert.deepEqual(
      [innocent.verdict, innocent.leak, innocent.first_leak_at, innocent.time_to_limit_seconds],
      ['stable', false, null, null],
    );
  });

  it('explains itself to people', async () => {
    const { stdout } = await runForTest(['judge', '--explain', leak]);
    assert.match(stdout, /: leaking [\d.]+ MiB\/h in the JavaScript heap since /);
    for (const step of ['read', 'said leak', 'floor', 'growth', 'shape', 'limit', 'sure'])
      assert.match(stdout, new RegExp(`^  ${step} `, 'm'));
    const both = await runForTest(['judge', '--explain', '--json', leak]);
    assert.equal(JSON.parse(both.stdout).leak, true);
    assert.match(both.stderr, /leaking/);
  });

  it('draws the series, its floor, the line and the band', async () => {
    const file = join(folder, 'plot.svg');
    const { status } = await runForTest(['judge', '--plot', file, leak]);
    const svg = readFileSync(file, 'utf8');
    assert.equal(status, 0);
    assert.ok(svg.startsWith('<svg ') && svg.endsWith('</svg>\n'));
    for (const name of ['rss', 'heap', 'line'])
      assert.match(svg, new RegExp(`<polyline class="${name}" points="[\\d.]+,`));
    assert.match(svg, /<polygon class="band" points="[\d.]+,/);
    assert.match(svg, /<circle class="dot"/);
    assert.doesNotMatch(svg, /NaN|undefined/);
    assert.equal((await runForTest(['judge', '--plot', file, leak, healthy])).status, 64);
  });

  it('reads what spreadsheets write', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => `"${index}",${1000 + (index % 3)},x,`);
    const path = write(`\uFEFFt,rss,note,limit\r\n${rows.join('\r\n')}\r\n\r\n`);
    const { status, stdout } = await runForTest(['judge', path]);
    assert.deepEqual([status, JSON.parse(stdout).verdict], [0, 'stable']);
  });

  const refused: Readonly<Record<string, readonly [string, RegExp]>> = {
    'a time that does not rise': ['t,rss\n1,5\n2,5\n2,6\n', /:4: t does not rise: 2 after 2/],
    'what is no number': ['t,rss\n1,NaN\n', /:2: "NaN" is not a number/],
    'what is infinite': ['t,rss\n1,1e999\n', /:2: "1e999" is not a number/],
    'a size below zero': ['t,rss\n1,-5\n', /:2: -5 is below zero/],
    'a missing cell': ['t,rss,limit\n1,5\n', /:2: there are 2 cells where the header has 3/],
    'an empty time': ['t,rss\n,5\n', /:2: t is empty/],
    'no time': ['time,rss\n1,5\n', /:1: the header has no column t/],
    'no memory': ['t,requests_per_second\n1,5\n', /:1: the header has no column of memory/],
    'a column twice': ['t,rss,rss\n1,5,5\n', /:1: a column is there twice/],
    'no samples': ['t,rss\n', /: there are no samples/],
    'an empty file': ['', /:1: there are no samples/],
    'a file that is no text': ['x'.repeat(70_000), /:1: the line is too long/],
  };
  for (const [what, [content, problem]] of Object.entries(refused)) {
    it(`refuses ${what} in one line`, async () => {
      const { status, stdout, stderr } = await runForTest(['judge', write(content)]);
      assert.deepEqual([status, stdout], [1, '']);
      assert.match(stderr, /^plimsoll: \[SERIES_MALFORMED\] [^\n]+\n$/);
      assert.match(stderr, problem);
    });
  }

  it('refuses a file that is not there, and none at all', async () => {
    const { status, stderr } = await runForTest(['judge', join(folder, 'nowhere.csv')]);
    assert.equal(status, 1);
    assert.match(stderr, /^plimsoll: \[SERIES_UNREADABLE\] /);
    assert.equal((await runForTest(['judge'])).status, 64);
  });
});
