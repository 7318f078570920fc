// A real Prometheus scrapes our exposition, with the rules loaded, and then has data for every panel of the dashboard and for
// both sides of every rule's comparison. It asks for OpenMetrics, and its parser rejects a scrape that is not.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { alertRules, createExposition, dashboard, RULES } from '../../src/metrics/index.ts';
import { skipWithout } from '../programs.ts';
import { type Daemon, startDaemon, until } from './daemon.ts';
import { panelQueries, withoutVariables } from './dashboard-queries.ts';
import { RICH_READING } from './reading.ts';

const PROMETHEUS = '/usr/bin/prometheus';
const PREFIX = 'shop_';
const SCRAPES = 3;

/** The left side of a rule's comparison; an absence is asked as presence. */
function subjectOf(expression: string): string {
  return expression.replace(/ [<>] [^<>]*$/, '').replace(/^absent\((.*)\)$/, '$1');
}

describe('a real Prometheus', { skip: skipWithout(PROMETHEUS) }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-prometheus-'));
  const exposition = createExposition({ prefix: PREFIX });
  exposition.update(() => RICH_READING);
  const contentTypes = new Set<string>();
  const target = createServer((request, response) => {
    void exposition.text(request.headers.accept).then(({ contentType, body }) => {
      contentTypes.add(contentType);
      response.setHeader('content-type', contentType).end(body);
    });
  });
  let prometheus: Daemon;

  const query = async (expression: string): Promise<readonly unknown[]> => {
    const url = `${prometheus.url}/api/v1/query?query=${encodeURIComponent(expression)}`;
    const answer = (await (await fetch(url)).json()) as {
      status: string;
      error?: string;
      data?: { result: readonly unknown[] };
    };
    assert.equal(answer.status, 'success', `${expression}: ${answer.error}`);
    return answer.data?.result ?? [];
  };

  before(async () => {
    target.listen(0, '127.0.0.1');
    await once(target, 'listening');
    const { port } = target.address() as AddressInfo;
    writeFileSync(join(folder, 'rules.yml'), alertRules(PREFIX));
    writeFileSync(join(folder, 'prometheus.yml'), configuration(port));
    prometheus = await startDaemon(
      PROMETHEUS,
      (own) => [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${own}`,
      ],
      '/-/ready',
    );
    const scraped = `count_over_time(${PREFIX}monitor_samples_total[1h]) >= ${SCRAPES}`;
    await until(async () => (await query(scraped)).length > 0, 60);
  });

  after(async () => {
    await prometheus?.stop();
    target.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('scrapes without an error, as OpenMetrics', async () => {
    assert.equal((await query('up == 1')).length, 1);
    assert.deepEqual([...contentTypes], ['application/openmetrics-text; version=1.0.0; charset=utf-8']);
  });

  it('knows type and help of every metric it scraped', async () => {
    const answer = await fetch(`${prometheus.url}/api/v1/metadata`);
    const { data } = (await answer.json()) as { data: Readonly<Record<string, readonly { help: string }[]>> };
    const families = Object.keys(data).filter((name) => name.startsWith(PREFIX));
    assert.ok(families.length > 50, `${families.length} families`);
    assert.ok(families.every((name) => data[name]?.every(({ help }) => help !== '')));
  });

  for (const { alert, expression } of RULES) {
    it(`has data for the rule ${alert}`, async () => {
      const subject = subjectOf(expression(PREFIX)).replace('verdict="leaking"', 'verdict=~".+"');
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

function configuration(port: number): string {
  return `
global: { scrape_interval: 500ms, evaluation_interval: 500ms }
rule_files: [rules.yml]
scrape_configs:
  - job_name: plimsoll
    static_configs: [{ targets: ['127.0.0.1:${port}'] }]
`;
}
