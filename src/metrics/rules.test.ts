import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { ruleTests } from '../../deploy/prometheus/rule-tests.ts';
import { skipWithout } from '../../test/programs.ts';
import { FAMILIES } from './families.ts';
import { RULES, SEED_RULES } from './rule-table.ts';
import { alertRules, RUNBOOKS_URL, runbookUrl } from './rules.ts';

const PROMTOOL = '/usr/bin/promtool';
const RUNBOOKS = join(import.meta.dirname, '../../docs/runbooks.md');

describe('the alert rules', () => {
  it('are, of the seed, these five', () => {
    assert.deepEqual(
      SEED_RULES.map((rule) => [rule.alert, rule.expression(''), rule.for, rule.severity]),
      [
        ['HighMemoryUsage', 'memory_usage_percent{type="virtual"} > 85', '5m', 'warning'],
        ['CriticalMemoryUsage', 'memory_usage_percent{type="virtual"} > 95', '2m', 'critical'],
        ['HighSwapUsage', 'memory_usage_percent{type="swap"} > 50', '10m', 'warning'],
        ['ProcessHighMemoryUsage', 'process_memory_bytes{type="rss"} > 2 * 1024^3', '10m', 'warning'],
        ['MemoryIncreasingTrend', 'metric_trend{metric="memory"} > 0.5', '30m', 'warning'],
      ],
    );
  });

  it('ask for metrics that there are', () => {
    const known = new Set(FAMILIES.map(({ name }) => `shop_${name}`));
    for (const { alert, expression } of RULES) {
      const asked = expression('shop_').match(/shop_\w+/g) ?? [];
      assert.ok(asked.length > 0, alert);
      for (const name of asked) assert.ok(known.has(name), `${alert}: ${name}`);
    }
  });

  it('have a runbook each, and there is no runbook besides', () => {
    const headings = [...readFileSync(RUNBOOKS, 'utf8').matchAll(/^## (\w+)$/gm)].map((match) => match[1]);
    assert.deepEqual(
      headings,
      RULES.map(({ alert }) => alert),
    );
  });

  it('link to their runbook by the anchor of its heading', () => {
    assert.equal(runbookUrl('HighMemoryUsage'), `${RUNBOOKS_URL}#highmemoryusage`);
  });
});

describe('the rule file', { skip: skipWithout(PROMTOOL) }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-rules-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const promtool = (...parts: readonly string[]) =>
    spawnSync(PROMTOOL, parts, { cwd: folder, encoding: 'utf8' });

  for (const prefix of ['vertex_ar_', 'shop:memory_', '']) {
    it(`is accepted and fires as it should with the prefix '${prefix}'`, () => {
      writeFileSync(join(folder, 'rules.yml'), alertRules(prefix));
      writeFileSync(join(folder, 'rules.test.yml'), ruleTests(prefix));
      const check = promtool('check', 'rules', 'rules.yml');
      assert.equal(check.status, 0, check.stderr);
      assert.match(check.stdout, new RegExp(`SUCCESS: ${RULES.length} rules found`));
      const test = promtool('test', 'rules', 'rules.test.yml');
      assert.equal(test.status, 0, test.stdout + test.stderr);
    });
  }

  it('is tested by a file that notices a threshold that has moved', () => {
    writeFileSync(join(folder, 'rules.yml'), alertRules('').replace('> 85', '>= 85'));
    writeFileSync(join(folder, 'rules.test.yml'), ruleTests(''));
    const test = promtool('test', 'rules', 'rules.test.yml');
    assert.notEqual(test.status, 0);
    assert.match(test.stdout + test.stderr, /HighMemoryUsage is silent at its boundary/);
  });
});
