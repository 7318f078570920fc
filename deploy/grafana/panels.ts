// A panel for any metric family, out of its row in the table: the name tells the unit and, for a counter, whether a rate or
// a count of events is worth drawing.
import {
  LegendDisplayMode,
  LegendPlacement,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { ThresholdsConfigBuilder, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { DEFAULT_PREFIX, type Family } from '../../src/metrics/index.ts';

/** Of whichever datasource the variable at the top of the dashboard names. */
export const DATASOURCE = { type: 'prometheus', uid: '$' + '{datasource}' };

const PANEL_WIDTH = 8;
const PANEL_HEIGHT = 7;

/** One line of a panel: what to ask and what to call it. */
export interface Query {
  readonly expression: string;
  readonly legend: string;
}

/** A metric of the instances chosen at the top of the dashboard, with further matchers. */
export function selected(name: string, matchers = ''): string {
  const all = matchers === '' ? [] : [matchers];
  return `${DEFAULT_PREFIX}${name}{${[...all, 'instance=~"$instance"'].join(',')}}`;
}

export function panel(title: string, unit: string, queries: readonly Query[]): PanelBuilder {
  return new PanelBuilder()
    .title(title)
    .unit(unit)
    .datasource(DATASOURCE)
    .span(PANEL_WIDTH)
    .height(PANEL_HEIGHT)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom),
    )
    .targets(queries.map(target));
}

function target({ expression, legend }: Query, index: number): DataqueryBuilder {
  return new DataqueryBuilder()
    .refId(String.fromCodePoint('A'.charCodeAt(0) + index))
    .expr(expression)
    .legendFormat(legend)
    .range();
}

/** Steps of an absolute value: calm below the first. */
export function thresholds(warning: number, critical: number): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
    { value: null, color: 'green' },
    { value: warning, color: 'orange' },
    { value: critical, color: 'red' },
  ]);
}

export function familyPanel(family: Family): PanelBuilder {
  const labels = Object.keys(family.labels).map((label) => `{{${label}}}`);
  const { expression, unit } = drawing(family);
  return panel(family.name, unit, [
    { expression, legend: ['{{instance}}', ...labels].join(' ') },
  ]).description(family.help);
}

interface Drawing {
  readonly expression: string;
  readonly unit: string;
}

/** Endings of names, the more particular first; the unit is Grafana's name for it. */
const GAUGE_UNITS: readonly (readonly [string, string])[] = [
  ['_bytes_per_second', 'binBps'],
  ['_bytes', 'bytes'],
  ['_mb', 'mbytes'],
  ['_percent', 'percent'],
  ['_cpu_avg', 'percent'],
  ['_ratio', 'percentunit'],
  ['_seconds', 's'],
  ['_ms', 'ms'],
];

/** Seconds a second are a share of the time; bytes a second a flow. Counters of single events are counted, not rated. */
const RATE_UNITS: readonly (readonly [string, string])[] = [
  ['_seconds_total', 'percentunit'],
  ['_bytes_total', 'binBps'],
  ['_page_faults_total', 'ops'],
  ['_requests_total', 'reqps'],
];

function drawing({ name, type }: Family): Drawing {
  const metric = selected(name);
  if (type === 'counter') {
    const rate = unitOf(name, RATE_UNITS);
    return rate
      ? { expression: `rate(${metric}[$__rate_interval])`, unit: rate }
      : { expression: `increase(${metric}[$__rate_interval])`, unit: 'short' };
  }
  // A point in time reads as an age.
  if (name.endsWith('_timestamp_seconds')) return { expression: `time() - ${metric}`, unit: 's' };
  return { expression: metric, unit: unitOf(name, GAUGE_UNITS) ?? 'short' };
}

function unitOf(name: string, units: readonly (readonly [string, string])[]): string | undefined {
  return units.find(([ending]) => name.endsWith(ending))?.[1];
}
