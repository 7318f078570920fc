import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { runForTest } from '../../test/cli/run-command.ts';
import { severityOf } from '../alert/index.ts';
import { criticalPercent } from './check.ts';

const captured = join(import.meta.dirname, '../../fixtures/hosts/linux-6.18/proc');
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-check-'));
after(() => rmSync(folder, { recursive: true }));

/** A host of a million KiB with this share in use. */
function hostAt(percent: number, swap = { totalKib: 0, freeKib: 0 }): string {
  const root = join(folder, `${percent}-${swap.freeKib}`);
  cpSync(captured, root, { recursive: true });
  const available = 1_000_000 - percent * 10_000;
  const lines = [
    'MemTotal:        1000000 kB',
    `MemFree:         ${available} kB`,
    `MemAvailable:    ${available} kB`,
    'Buffers:         0 kB',
    'Cached:          0 kB',
    `SwapTotal:       ${swap.totalKib} kB`,
    `SwapFree:        ${swap.freeKib} kB`,
  ];
  writeFileSync(join(root, 'meminfo'), `${lines.join('\n')}\n`);
  return root;
}

function check(procRoot: string, env: Record<string, string> = {}, ...options: readonly string[]) {
  return runForTest(['check', ...options], {
    MONITORING_PROC_ROOT: procRoot,
    MONITORING_CGROUP_ROOT: join(folder, 'no-cgroups'),
    ...env,
  });
}

describe('plimsoll check', () => {
  it('has the exit status of the severity, strictly above the threshold', async () => {
    const cases = [
      [85, 0, 'OK'],
      [85.1, 1, 'WARNING'],
      [89.3, 1, 'WARNING'],
      [95, 1, 'WARNING'],
      [95.1, 2, 'CRITICAL'],
      [99, 2, 'CRITICAL'],
    ] as const;
    for (const [percent, status, word] of cases) {
      const result = await check(hostAt(percent));
      assert.equal(result.status, status, `${percent} %`);
      assert.match(
        result.stdout,
        new RegExp(`^PLIMSOLL ${word} - [^|\n]+\\|memory=${percent}%;85;95 swap=0%\n$`),
      );
    }
  });

  it('says what an alert would say, and is not asked for failures in a row', async () => {
    const { stdout } = await check(hostAt(90, { totalKib: 1000, freeKib: 370 }), {
      MONITORING_CONSECUTIVE_FAILURES: '3',
      ALERTING_ENABLED: 'false',
    });
    assert.equal(
      stdout,
      'PLIMSOLL WARNING - High memory usage: 90.0% (0.9GB used), Swap: 63.0%|memory=90%;85;95 swap=63%\n',
    );
  });

  it('answers in JSON with the same exit status', async () => {
    const { status, stdout } = await check(hostAt(97), {}, '--json');
    const result = JSON.parse(stdout);
    assert.deepEqual([status, result.exit_status, result.status], [2, 2, 'critical']);
    assert.deepEqual(
      result.alerts.map(({ key, severity, transient }: Record<string, unknown>) => [
        key,
        severity,
        transient,
      ]),
      [['high_memory', 'high', undefined]],
    );
    assert.equal(result.metrics.memory.percent, 97);
  });

  it('is unknown, with the code, when the check cannot be made', async () => {
    const settings = await check(captured, { MEMORY_THRESHOLD: '0', MONITORING_PORT: 'x' });
    assert.equal(settings.status, 3);
    assert.match(settings.stdout, /^PLIMSOLL UNKNOWN - \[BAD_SETTINGS\] 2 settings are wrong: [^\n]+\n$/);
    const host = await check(join(folder, 'nowhere'));
    assert.equal(host.status, 3);
    assert.match(host.stdout, /^PLIMSOLL UNKNOWN - \[HOST_MEMORY_UNREADABLE\] [^\n]*nowhere[^\n]*\n$/);
  });
});

describe('criticalPercent', () => {
  it('is the last reading that is not yet of severity high', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        (threshold, reading) => {
          const [thresholdPercent, percent] = [threshold / 10, reading / 10];
          fc.pre(percent > thresholdPercent);
          const critical = percent > criticalPercent(thresholdPercent);
          assert.equal(critical, severityOf(percent, thresholdPercent) === 'high');
        },
      ),
    );
  });
});
