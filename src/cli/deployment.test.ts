// rules and dashboard print what metrics/ makes; here only that the prefix in force reaches it, and that both forms agree.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runForTest } from '../../test/cli/run-command.ts';
import { DEFAULT_PREFIX } from '../metrics/index.ts';

const env = { MONITORING_METRICS_PREFIX: 'ship_' };

describe('plimsoll rules', () => {
  it('prints the rules for the prefix in force, as YAML and as JSON', async () => {
    const yaml = await runForTest(['rules'], env);
    const json = await runForTest(['rules', '--json'], env);
    const rules = JSON.parse(json.stdout).groups.flatMap((group: { rules: unknown[] }) => group.rules);
    assert.ok(rules.some(({ expr }: { expr: string }) => expr.startsWith('ship_memory_usage_percent')));
    assert.deepEqual(
      [...yaml.stdout.matchAll(/- alert: (\w+)/g)].map(([, name]) => name),
      rules.map(({ alert }: { alert: string }) => alert),
    );
    for (const { stdout, status } of [yaml, json]) {
      assert.equal(status, 0);
      assert.ok(!stdout.includes(DEFAULT_PREFIX));
    }
  });
});

describe('plimsoll dashboard', () => {
  it('prints the dashboard for the prefix in force', async () => {
    const { stdout, status } = await runForTest(['dashboard'], env);
    assert.equal(status, 0);
    assert.ok(JSON.parse(stdout).panels.length > 0);
    assert.match(stdout, /ship_memory_usage_percent/);
    assert.ok(!stdout.includes(DEFAULT_PREFIX));
  });
});
