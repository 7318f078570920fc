// The demonstration, judged by the monitor inside it: from the first sample to the alert, with samples ten times a second instead of five.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Alerts, MemoryLeaks, ProcessDetail, Trends } from '../../src/api/wire.ts';
import { MIB } from '../../src/units/index.ts';

const MOST_SECONDS = 300;
const LOOK_MS = 500;
const runMain = join(import.meta.dirname, 'run-main.ts');

/** Ends with the test, however that ends. Answers where its API is. */
async function startDemo(test: TestContext): Promise<URL> {
  const demo = spawn(process.execPath, [runMain, 'demo', '--port', '0'], {
    env: { ...process.env, MONITORING_SAMPLE_INTERVAL: '0.1', HEALTH_CHECK_INTERVAL: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  test.after(() => demo.kill());
  for await (const line of createInterface({ input: demo.stdout })) {
    const [url] = line.match(/http:\/\/\S+/) ?? [];
    if (url) return new URL(url);
  }
  return assert.fail('it ended without saying where to look');
}

/** Asks until the answer is what it is waited for; the machine may be slow. */
async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const until = performance.now() + MOST_SECONDS * 1000;
  while (performance.now() < until) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
    await sleep(LOOK_MS);
  }
  return assert.fail(`not within ${MOST_SECONDS} s`);
}

describe('the demonstration', () => {
  it('is judged leaking by the monitor inside it, with the function that leaks, and people are told', async (test) => {
    const url = await startDemo(test);
    const begunMs = performance.now();
    const elapsed = () => `${((performance.now() - begunMs) / 1000).toFixed(0)} s`;
    const getData = async <T>(path: string): Promise<T> => {
      const response = await fetch(new URL(`api/monitoring/${path}`, url));
      return ((await response.json()) as { readonly data: T }).data;
    };

    const leaks = await eventually(async () => {
      const found = await getData<MemoryLeaks>('memory-leaks');
      // On a busy machine RSS was judged first, and native memory named, before the heap's figures, new once a second, explained it.
      const isExplained = found.verdict?.leak === true && found.verdict.part === 'heap';
      return isExplained && found.growing_sites.length > 0 ? found : undefined;
    });
    test.diagnostic(`leaking after ${elapsed()}`);
    const { verdict, growing_sites: sites } = leaks;
    const [site] = sites;
    assert.equal(site?.function, 'remember');
    assert.match(site?.file ?? '', /demo\/orders\.ts$/);
    assert.ok((site?.share ?? 0) > 0.5, JSON.stringify(site));

    // Out of the dozen samples that there are when the verdict comes, the sampler tells the rate to within a half; a hundred tell it.
    const rate = await eventually(async () => {
      const { verdict: now, growing_sites } = await getData<MemoryLeaks>('memory-leaks');
      const ofHeap = now?.part === 'heap' ? now.growth_bytes_per_hour : null;
      const ofSite = growing_sites.find((each) => each.function === 'remember');
      const ratio = ((ofSite?.growth_mb_per_hour ?? 0) * MIB) / (ofHeap ?? Infinity);
      return ofSite && ofSite.rises > ofSite.steps / 2 && ratio > 0.6 && ratio < 1.5 ? ofSite : undefined;
    });
    const { low, high } = rate.growth_interval_mb_per_hour ?? assert.fail(JSON.stringify(rate));
    const { growth_mb_per_hour: perHour = 0 } = rate;
    assert.ok(perHour > 500 && low < perHour && perHour < high, JSON.stringify(rate));
    test.diagnostic(`its rate known after ${elapsed()}`);

    const subject = verdict?.subject ?? '';
    const pid = subject.replace('process:', '');
    const { verdicts, trends } = await getData<Trends>('trends?hours=1');
    assert.equal(verdicts.find((each) => each.subject === subject)?.verdict, 'leaking');
    assert.ok(['increasing', 'decreasing', 'stable'].includes(trends.memory.trend), trends.memory.trend);
    const process = await getData<ProcessDetail>(`processes/${pid}`);
    assert.equal(process.verdict?.verdict, 'leaking');
    const metrics = await (await fetch(new URL('metrics', url))).text();
    assert.match(metrics, new RegExp(`leak_verdict\\{subject="${subject}",verdict="leaking"\\} 1`));
    assert.match(metrics, new RegExp(`leak_growth_bytes_per_second\\{subject="${subject}"\\} \\d`));

    // Whatever else leaks on this machine is told in the same alert, the most urgent first.
    const name = `node[${pid}]`;
    const { message } = await eventually(async () => {
      const { incidents } = await getData<Alerts>('alerts?hours=1');
      return incidents.find((each) => each.key === 'memory_leak' && each.message.includes(name));
    });
    test.diagnostic(`alert after ${elapsed()}`);
    const [, own = ''] = message.split(name);
    assert.match(
      own,
      /^( leaking .* in the JavaScript heap since .*; \d+ % of it .*orders\.ts:\d+ remember|,|$| and)/,
    );
  });
});
