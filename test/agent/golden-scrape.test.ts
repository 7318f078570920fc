// One scrape of the whole program over a captured host, against a golden file. Only what the kernel's files decide is
// compared: the program's own process is another one each time. To accept a change: UPDATE_GOLDEN=1 with this test.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { skipWithout } from '../programs.ts';
import { eventually } from '../service/program.ts';
import { startAgent } from './running-agent.ts';

const HOST = join(import.meta.dirname, '../../fixtures/hosts/container-v2');
const GOLDEN = join(import.meta.dirname, '../../fixtures/metrics/whole-program.txt');
const PROMTOOL = '/usr/bin/promtool';

/** Families about the program itself, and about how it fares. */
const OWN = /^(# (HELP|TYPE) )?vertex_ar_(process_(memory|cpu|threads)|monitor_|heap_|gc_|build_)/;

describe('a scrape of the whole program', () => {
  let scrape = '';

  it('answers over a captured host', async () => {
    const agent = await startAgent({
      MONITORING_PROC_ROOT: join(HOST, 'proc'),
      MONITORING_CGROUP_ROOT: join(HOST, 'sys/fs/cgroup'),
    });
    // The trend takes a second sample, and a check takes one when the newest is a second old.
    scrape = await eventually(
      async () => {
        await fetch(`${agent.url}/api/monitoring/health-check`, { method: 'POST' });
        return (await fetch(`${agent.url}/metrics`)).text();
      },
      (text) => text.includes('vertex_ar_metric_trend{'),
    );
    agent.child.kill();
    assert.equal((await agent.ended).code, 0);
  });

  it('shows what the golden file has', () => {
    const text = scrape
      .split('\n')
      .filter((line) => line !== '' && !OWN.test(line))
      .join('\n');
    if (process.env.UPDATE_GOLDEN) writeFileSync(GOLDEN, `${text}\n`);
    assert.equal(`${text}\n`, readFileSync(GOLDEN, 'utf8'));
    assert.match(text, /^vertex_ar_cgroup_memory_limit_bytes \d+$/m);
  });

  it('has nothing for promtool to say but the names that are given', { skip: skipWithout(PROMTOOL) }, () => {
    const remarks = lint(scrape)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' ')[0]);
    // promtool would rather have other units and suffixes; dashboards and rules use these names.
    const given =
      /^vertex_ar_(metric_trend|memory_snapshots_count|process_history_count|process_trend_rss_mb|slow_(queries|endpoints)_(count|slowest_ms))$/;
    assert.deepEqual(
      remarks.filter((name) => !given.test(name ?? '')),
      [],
    );
  });
});

function lint(text: string): string {
  try {
    return execFileSync(PROMTOOL, ['check', 'metrics'], {
      input: text,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr;
  }
}
