// The application does not change: a web framework's own test-suite, run as it is and with the monitor inside each of its
// processes, profiling on, on every Node.js there is. A suite may have tests that hang on timing, so the plain one is run twice: a test
// that differs between those two says nothing about the monitor. Takes some minutes for each Node.js.
//   node bench/framework/run.ts
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installOtherNodes, otherNodes } from '../../scripts/other-nodes.ts';
import { countsOf, differences } from './compare.ts';
import { type FrameworkResult, type NodeResult, resultPage } from './page.ts';
import { type InstalledSuite, installSuite, runSuite, SUITE } from './suite.ts';

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
function requireMonitor(node: string): void {
  const code = `process.exit(Symbol.for('plimsoll.monitor') in globalThis ? 0 : 1)`;
  const { status } = spawnSync(node, ['-e', code], { env: { ...process.env, ...MONITORED } });
  if (status !== 0) throw new Error('the monitor is not in a process that is to have it; build first');
}

async function compareRuns(suite: InstalledSuite, node: string): Promise<NodeResult> {
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  const outcomes = [];
  for (const [name, environment] of Object.entries(RUNS)) {
    const tests = await runSuite(suite, node, environment);
    outcomes.push({ name, tests });
    console.log(`${version}, ${name}: ${JSON.stringify(countsOf(tests))}`);
  }
  const [plain = [], monitored = [], again = []] = outcomes.map(({ tests }) => tests);
  return {
    node: version,
    runs: outcomes.map(({ name, tests }) => ({ name, ...countsOf(tests) })),
    withMonitor: differences(plain, monitored),
    withoutMonitor: differences(plain, again),
  };
}

installOtherNodes();
using suite = installSuite();
const nodes: NodeResult[] = [];
for (const node of [process.execPath, ...otherNodes()]) {
  requireMonitor(node);
  const found = await compareRuns(suite, node);
  for (const { test, before, after } of found.withMonitor) console.log(`${before} → ${after}: ${test}`);
  nodes.push(found);
}
const result: FrameworkResult = { suite: `${SUITE.name} ${SUITE.version}`, nodes };
mkdirSync(RESULTS, { recursive: true });
writeFileSync(join(RESULTS, 'framework.json'), `${JSON.stringify(result, null, 2)}\n`);
writeFileSync(join(RESULTS, 'framework.md'), resultPage(result));
