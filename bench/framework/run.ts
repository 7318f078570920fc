// The application does not change: a web framework's own test-suite, run as it is and with the monitor inside each of its
// processes, profiling on. A suite may have tests that hang on timing, so the plain one is run twice: a test that differs between
// those two says nothing about the monitor.
//   node bench/framework/run.ts
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countsOf, differences } from './compare.ts';
import { type FrameworkResult, resultPage } from './page.ts';
import { installSuite, runSuite, SUITE } from './suite.ts';

const RESULTS = join(import.meta.dirname, '../results');
/** As it is installed: the build, not the sources. */
const REGISTER = new URL('../../dist/register.js', import.meta.url).href;

const MONITORED = {
  NODE_OPTIONS: `--import=${REGISTER}`,
  MONITORING_PORT: '0',
  MONITORING_TRACEMALLOC_ENABLED: 'true',
};

/** The runs, in this order: two plain ones around the monitored one. */
const RUNS = { plain: {}, monitored: MONITORED, 'plain again': {} } as const;

/** A suite without the monitor passes as well: make sure that it is there. */
function requireMonitor(): void {
  const code = `process.exit(Symbol.for('plimsoll.monitor') in globalThis ? 0 : 1)`;
  const { status } = spawnSync(process.execPath, ['-e', code], { env: { ...process.env, ...MONITORED } });
  if (status !== 0) throw new Error('the monitor is not in a process that is to have it; build first');
}

async function compareRuns(): Promise<FrameworkResult> {
  using suite = installSuite();
  const outcomes = [];
  for (const [name, environment] of Object.entries(RUNS)) {
    const tests = await runSuite(suite, environment);
    outcomes.push({ name, tests });
    console.log(`${name}: ${JSON.stringify(countsOf(tests))}`);
  }
  const [plain = [], monitored = [], again = []] = outcomes.map(({ tests }) => tests);
  return {
    suite: `${SUITE.name} ${SUITE.version}`,
    node: process.version,
    runs: outcomes.map(({ name, tests }) => ({ name, ...countsOf(tests) })),
    withMonitor: differences(plain, monitored),
    withoutMonitor: differences(plain, again),
  };
}

requireMonitor();
const result = await compareRuns();
for (const { test, before, after } of result.withMonitor) console.log(`${before} → ${after}: ${test}`);
mkdirSync(RESULTS, { recursive: true });
writeFileSync(join(RESULTS, 'framework.json'), `${JSON.stringify(result, null, 2)}\n`);
writeFileSync(join(RESULTS, 'framework.md'), resultPage(result));
