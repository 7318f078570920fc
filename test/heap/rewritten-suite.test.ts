// A hard suite for precise mode and for padding is at hand: this repository's own tests, with every file that they load rewritten, the packages
// too (zod, hono, prom-client, fast-check …). They pass as they do without.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');
const PRELOAD = join(import.meta.dirname, 'rewrite-everything.ts');

/** Of the pure rooms, and of the API with all that it is made of. */
const SUITES = ['src/{alert,config,profile,metrics,units}/**/*.test.ts', 'test/api/endpoints.test.ts'];

function runSuites(rewriting: string): {
  readonly passed: number;
  readonly failed: number;
  readonly output: string;
} {
  const files = SUITES.flatMap((pattern) => globSync(pattern, { cwd: ROOT }));
  const flags = ['--disable-warning=ExperimentalWarning', `--import=${PRELOAD}`];
  // A test process inside a test process would report to the outer one.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout } = spawnSync(process.execPath, [...flags, '--test', '--test-isolation=none', ...files], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...env, REWRITING: rewriting, REWRITTEN_REPORT: REPORT },
    maxBuffer: 64 * 1024 ** 2,
  });
  const count = (what: string): number => Number(new RegExp(`ℹ ${what} (\\d+)`).exec(stdout)?.[1]);
  return { passed: count('pass'), failed: count('fail'), output: stdout.slice(-5000) };
}

const REPORT = join(mkdtempSync(join(tmpdir(), 'plimsoll-rewritten-')), 'report.json');

describe('our own tests', () => {
  for (const rewriting of ['precise', 'padding'])
    it(`pass with every file rewritten: ${rewriting}`, () => {
      const { passed, failed, output } = runSuites(rewriting);
      assert.equal(failed, 0, output);
      assert.ok(passed > 300, output);
      const { rewritten, leftAlone } = JSON.parse(readFileSync(REPORT, 'utf8')) as {
        rewritten: number;
        leftAlone: readonly string[];
      };
      assert.ok(rewritten > 200, String(rewritten));
      assert.deepEqual(leftAlone, []);
    });
});
