// What others' parsers say of our text: promtool of the classic one, the Python client's strict parser of OpenMetrics.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { createExposition, FAMILIES } from '../../src/metrics/index.ts';
import { skipWithout } from '../programs.ts';
import { manyProcesses, RICH_READING } from './reading.ts';

const PROMTOOL = '/usr/bin/promtool';
const PYTHON = '/usr/bin/python3';
const PYTHON_CLIENT = '/usr/lib/python3/dist-packages/prometheus_client/openmetrics';

/** Names the seed chose against today's conventions. They are fixed; no other metric may be remarked upon. */
const REMARKED = [
  'memory_snapshots_count',
  'process_history_count',
  'process_trend_rss_mb',
  'slow_endpoints_count',
  'slow_endpoints_slowest_ms',
  'slow_queries_count',
  'slow_queries_slowest_ms',
];

/** Prints a line per family and a line per sample: `family type` and `  sample labels value`. */
const PARSE = `
import sys
from prometheus_client.openmetrics.parser import text_fd_to_metric_families
for family in text_fd_to_metric_families(sys.stdin):
    print(family.name, family.type)
    for sample in family.samples:
        print(' ', sample.name, sorted(sample.labels.items()), sample.value)
`;

async function textOf(prefix: string, accept: string): Promise<string> {
  const exposition = createExposition({ prefix });
  exposition.update(() => ({
    ...RICH_READING,
    processes: [...(RICH_READING.processes ?? []), ...manyProcesses(50)],
  }));
  return (await exposition.text(accept)).body;
}

describe('promtool check metrics', { skip: skipWithout(PROMTOOL) }, () => {
  for (const prefix of ['vertex_ar_', 'shop_', '']) {
    it(`remarks upon nothing but the seed's own names, with the prefix '${prefix}'`, async () => {
      const { stderr } = spawnSync(PROMTOOL, ['check', 'metrics'], {
        input: await textOf(prefix, 'text/plain'),
        encoding: 'utf8',
      });
      const remarked = stderr
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]);
      assert.deepEqual(new Set(remarked), new Set(REMARKED.map((name) => prefix + name)), stderr);
    });
  }

  it('would remark upon a text that is broken', () => {
    const { status, stderr } = spawnSync(PROMTOOL, ['check', 'metrics'], {
      input: 'a{b="c} 1\n',
      encoding: 'utf8',
    });
    assert.notEqual(status, 0);
    assert.match(stderr, /error while linting/);
  });
});

describe("the Python client's OpenMetrics parser", { skip: skipWithout(PYTHON, PYTHON_CLIENT) }, () => {
  const parse = (input: string) => spawnSync(PYTHON, ['-c', PARSE], { input, encoding: 'utf8' });

  it('reads every family with its type', async () => {
    const { stdout, stderr, status } = parse(await textOf('shop_', 'application/openmetrics-text'));
    assert.equal(status, 0, stderr);
    const families = stdout.split('\n').filter((line) => line !== '' && !line.startsWith(' '));
    const expected = FAMILIES.map(({ name, type }) => `shop_${name.replace(/_total$/, '')} ${type}`);
    assert.deepEqual(families, expected);
  });

  it('reads labels with quotes and backslashes as they were', async () => {
    const { stdout } = parse(await textOf('', 'application/openmetrics-text'));
    assert.ok(stdout.includes(`('name', 'postgres: "main"')`), stdout);
    assert.ok(stdout.includes(String.raw`('file', 'C:\\shop\\view.ts')`), stdout);
  });

  it('reads the text of a monitor that has no reading yet', async () => {
    const { body } = await createExposition({ prefix: '' }).text('application/openmetrics-text');
    assert.equal(parse(body).status, 0);
  });

  it('would reject a text that is broken', () => {
    assert.notEqual(parse('# TYPE a counter\na 1\n# EOF\n').status, 0);
  });
});
