// The Grafana dashboard: an overview, then a row for each group of metrics with a panel for every family in it, so that no
// metric is without a place. Written to plimsoll.json by `node deploy/generate.ts`, for the default prefix.
import {
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DEFAULT_PREFIX, FAMILY_GROUPS, type FamilyGroup } from '../../src/metrics/index.ts';
import { overviewPanels } from './overview.ts';
import { DATASOURCE, familyPanel } from './panels.ts';

/** Panels are known by number, within one dashboard; more than any row has. */
const IDS_PER_ROW = 100;

/** The dashboard as Grafana imports it. */
export function dashboardJson(): string {
  return `${JSON.stringify(dashboard().build(), null, 2)}\n`;
}

function dashboard(): DashboardBuilder {
  const builder = new DashboardBuilder('Plimsoll: memory')
    .uid('plimsoll-memory')
    .description('Memory of hosts and Node.js services, as Plimsoll sees it.')
    .tags(['plimsoll', 'memory'])
    .refresh('30s')
    .time({ from: 'now-6h', to: 'now' })
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'))
    .withVariable(instanceVariable());
  builder.withRow(new RowBuilder('Overview').id(1));
  overviewPanels().forEach((overview, index) => {
    builder.withPanel(overview.id(2 + index));
  });
  FAMILY_GROUPS.forEach((group, index) => {
    builder.withRow(groupRow(group, (1 + index) * IDS_PER_ROW));
  });
  return builder;
}

function instanceVariable(): QueryVariableBuilder {
  return new QueryVariableBuilder('instance')
    .label('Instance')
    .datasource(DATASOURCE)
    .query(`label_values(${DEFAULT_PREFIX}monitor_samples_total, instance)`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ text: 'All', value: '$__all' });
}

/** Collapsed: Grafana then queries its panels only when somebody opens it. */
function groupRow({ title, families }: FamilyGroup, id: number): RowBuilder {
  const row = new RowBuilder(title).collapsed(true).id(id);
  families.forEach((family, index) => {
    row.withPanel(familyPanel(family).id(id + 1 + index));
  });
  return row;
}
