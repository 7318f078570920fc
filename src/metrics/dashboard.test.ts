import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { panelQueries } from '../../test/metrics/dashboard-queries.ts';
import { dashboard } from './dashboard.ts';
import { DEFAULT_PREFIX, FAMILIES } from './families.ts';

interface PanelJson {
  readonly id: number;
  readonly title: string;
  readonly panels?: readonly PanelJson[];
  readonly datasource?: { readonly uid: string };
  readonly fieldConfig?: { readonly defaults: { readonly thresholds?: { readonly steps: unknown } } };
  readonly targets?: readonly { readonly expr: string }[];
}

interface DashboardJson {
  readonly panels: readonly PanelJson[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: string }[] };
}

const parsed = (prefix: string) => JSON.parse(dashboard(prefix)) as DashboardJson;
const flat = (panels: readonly PanelJson[]): readonly PanelJson[] =>
  panels.flatMap((panel) => [panel, ...flat(panel.panels ?? [])]);

describe('dashboard', () => {
  it('asks for every metric family there is', () => {
    const asked = panelQueries(dashboard('shop_')).map(({ expression }) => expression);
    const missing = FAMILIES.filter(({ name }) => !asked.some((one) => one.includes(`shop_${name}{`)));
    assert.deepEqual(missing, []);
  });

  it('has the prefix it was asked for, and no other', () => {
    const queries = panelQueries(dashboard('shop_'));
    assert.ok(queries.every(({ expression }) => expression.includes('shop_')));
    assert.ok(!dashboard('shop_').includes(DEFAULT_PREFIX));
    assert.equal(
      parsed('shop_').templating.list[1]?.query,
      'label_values(shop_monitor_samples_total, instance)',
    );
    assert.equal(queries.length, panelQueries(dashboard('')).length);
  });

  it('has variables for the data source and the instance, and every panel uses them', () => {
    const { panels, templating } = parsed(DEFAULT_PREFIX);
    assert.deepEqual(
      templating.list.map(({ name }) => name),
      ['datasource', 'instance'],
    );
    for (const { title, targets, datasource } of flat(panels).filter((panel) => panel.targets)) {
      assert.equal(datasource?.uid, '$' + '{datasource}', title);
      for (const { expr } of targets ?? []) assert.match(expr, /instance=~"\$instance"/);
    }
  });

  it('warns at 80 and is critical at 95 in the memory panel', () => {
    const memory = parsed('').panels.find(({ title }) => title === 'Memory in use');
    assert.match(memory?.targets?.[0]?.expr ?? '', /^memory_usage_percent\{type="virtual",/);
    assert.deepEqual(memory?.fieldConfig?.defaults.thresholds?.steps, [
      { value: null, color: 'green' },
      { value: 80, color: 'orange' },
      { value: 95, color: 'red' },
    ]);
  });

  it('numbers its panels without a double', () => {
    const ids = flat(parsed('').panels).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });
});
