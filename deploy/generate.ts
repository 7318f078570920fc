// Writes every file that comes out of a table in src/metrics: `node deploy/generate.ts`. generate.test.ts fails when one of
// them is not what this would write.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alertRules, createExposition, DEFAULT_PREFIX } from '../src/metrics/index.ts';
import { metricsPage } from '../src/metrics/page.ts';
import { RICH_READING } from '../test/metrics/reading.ts';
import { dashboardJson } from './grafana/build.ts';
import { ruleTests } from './prometheus/rule-tests.ts';

const root = join(import.meta.dirname, '..');

export interface GeneratedFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly content: string;
}

export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  const exposition = createExposition({ prefix: DEFAULT_PREFIX });
  exposition.update(() => RICH_READING);
  return [
    { path: 'docs/metrics.md', content: metricsPage() },
    { path: 'deploy/prometheus/rules.yml', content: alertRules(DEFAULT_PREFIX) },
    { path: 'deploy/prometheus/rules.test.yml', content: ruleTests(DEFAULT_PREFIX) },
    { path: 'deploy/grafana/plimsoll.json', content: dashboardJson() },
    { path: 'fixtures/metrics/exposition.txt', content: (await exposition.text('text/plain')).body },
    {
      path: 'fixtures/metrics/exposition.openmetrics.txt',
      content: (await exposition.text('application/openmetrics-text')).body,
    },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { path, content } of await generatedFiles()) writeFileSync(join(root, path), content);
}
