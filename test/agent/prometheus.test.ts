// A real Prometheus scrapes the real program: a service that leaks, with the monitor inside and profiling on, on a captured host
// with a cgroup limit, pressure and swap. Every rule and every panel of the dashboard has to find data in it.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { alertRules, dashboard, RULES } from '../../src/metrics/index.ts';
import { type Daemon, startDaemon, until } from '../metrics/daemon.ts';
import { panelQueries, withoutVariables } from '../metrics/dashboard-queries.ts';
import { skipWithout } from '../programs.ts';
import { freePort, INDEX, type Program, REGISTER, startProgram } from '../service/program.ts';

const PROMETHEUS = '/usr/bin/prometheus';
const PREFIX = 'vertex_ar_';
const HOSTS = join(import.meta.dirname, '../../fixtures/hosts');
const [CONTAINER, CAPTURED] = [join(HOSTS, 'container-v2'), join(HOSTS, 'linux-6.18')];

/** Allocates and collects: its heap has a floor to show. */
const WORKER_THREAD = `
  import { setFlagsFromString } from 'node:v8';
  import { runInNewContext } from 'node:vm';
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  setInterval(collect, 500);
`;

/** Leaks some 40 KiB every 50 ms, collects now and then, serves slow requests, asks slow queries, and has a worker thread. */
const leakingService = (workerThread: string) => `
  import { Worker } from 'node:worker_threads';
  import { createServer } from 'node:http';
  import { setFlagsFromString } from 'node:v8';
  import { runInNewContext } from 'node:vm';
  import { registeredMonitor } from '${INDEX}';
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const kept = [];
  function remember() { kept.push(Array.from({ length: 300 }, (_, i) => ({ i, text: 'order ' + i }))); }
  setInterval(remember, 50);
  setInterval(collect, 1000);
  const server = createServer((request, response) => setTimeout(() => response.end('ok'), 20)).listen(0, '127.0.0.1', () => {
    setInterval(() => fetch('http://127.0.0.1:' + server.address().port).then((answer) => answer.text()), 500);
  });
  setInterval(() => registeredMonitor().trackSlowQuery({ query: 'SELECT 1', durationMs: 500 }), 500);
  new Worker('${workerThread}', { name: 'pool', execArgv: ['--import', '${REGISTER}'], resourceLimits: { maxOldGenerationSizeMb: 64 } });
`;

const ENVIRONMENT = {
  NODE_OPTIONS: '--max-old-space-size=2048',
  MONITORING_CGROUP_ROOT: join(CONTAINER, 'sys/fs/cgroup'),
  MONITORING_SAMPLE_INTERVAL: '0.1',
  HEALTH_CHECK_INTERVAL: '0.5',
  MEMORY_THRESHOLD: '50',
  MONITORING_SLOW_ENDPOINT_THRESHOLD_MS: '10',
  MONITORING_TRACEMALLOC_ENABLED: 'true',
  MONITORING_TRACEMALLOC_THRESHOLD_MB: '1',
  MONITORING_TRACEMALLOC_INTERVAL: '1',
};

/** The container's own figures, and the captured host's processes, which the container's capture does not have. */
function makeProcRoot(folder: string): string {
  const procRoot = join(folder, 'proc');
  cpSync(join(CAPTURED, 'proc'), procRoot, { recursive: true });
  cpSync(join(CONTAINER, 'proc'), procRoot, { recursive: true, force: true });
  return procRoot;
}

/** The left side of a rule's comparison; an absence is asked as presence. */
function subjectOf(expression: string): string {
  return expression.replace(/ [<>] [^<>]*$/, '').replace(/^absent\((.*)\)$/, '$1');
}

describe('a real Prometheus and the real program', { skip: skipWithout(PROMETHEUS) }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-prometheus-'));
  let service: Program;
  let prometheus: Daemon;

  const query = async (expression: string): Promise<readonly unknown[]> => {
    const url = `${prometheus.url}/api/v1/query?query=${encodeURIComponent(expression)}`;
    const answer = (await (await fetch(url)).json()) as {
      error?: string;
      data?: { result: readonly unknown[] };
    };
    assert.ok(answer.data, `${expression}: ${answer.error}`);
    return answer.data.result;
  };

  before(async () => {
    const port = await freePort();
    const own = { MONITORING_PROC_ROOT: makeProcRoot(folder), MONITORING_PORT: String(port) };
    const workerThread = join(folder, 'worker.mjs');
    writeFileSync(workerThread, WORKER_THREAD);
    service = startProgram(leakingService(workerThread), {
      monitored: true,
      env: { ...ENVIRONMENT, ...own },
    });
    writeFileSync(join(folder, 'rules.yml'), alertRules(PREFIX));
    writeFileSync(
      join(folder, 'prometheus.yml'),
      `
global: { scrape_interval: 500ms, evaluation_interval: 500ms }
rule_files: [rules.yml]
scrape_configs:
  - job_name: plimsoll
    static_configs: [{ targets: ['127.0.0.1:${port}'] }]
`,
    );
    prometheus = await startDaemon(
      PROMETHEUS,
      (own) => [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${own}`,
      ],
      '/-/ready',
    );
    // The leak is what takes longest to be said.
    await until(async () => {
      assert.equal(service.child.exitCode, null, 'the service runs');
      return (await query(`${PREFIX}memory_time_to_limit_seconds`)).length > 0;
    }, 240);
  });
  after(async () => {
    service.child.kill();
    await prometheus?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const { alert, expression } of RULES) {
    it(`has data for the rule ${alert}`, async () => {
      const subject = subjectOf(expression(PREFIX));
      assert.ok((await query(subject)).length > 0, subject);
    });
  }

  for (const { panel, expression } of panelQueries(dashboard(PREFIX))) {
    it(`has data for the panel ${panel}: ${expression}`, async () => {
      const asked = withoutVariables(expression, '5m');
      assert.ok((await query(asked)).length > 0, asked);
    });
  }
});
