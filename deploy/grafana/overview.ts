// The panels at the top: what someone who was just called wants to see, over several families each.

import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
} from '@grafana/grafana-foundation-sdk/common';
import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { panel, selected, thresholds } from './panels.ts';

const INSTANCE = '{{instance}}';

/** Memory in use, with the lines at which it warns and at which it is critical. */
function memory(): PanelBuilder {
  return panel('Memory in use', 'percent', [
    { expression: selected('memory_usage_percent', 'type="virtual"'), legend: INSTANCE },
  ])
    .description('Share of memory that is not available.')
    .min(0)
    .max(100)
    .thresholds(thresholds(80, 95))
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.LineAndArea));
}

function pressure(): PanelBuilder {
  return panel('Waiting for memory', 'percentunit', [
    {
      expression: `rate(${selected('memory_pressure_waiting_seconds_total')}[$__rate_interval])`,
      legend: `${INSTANCE} some tasks`,
    },
    {
      expression: `rate(${selected('memory_pressure_stalled_seconds_total')}[$__rate_interval])`,
      legend: `${INSTANCE} all tasks`,
    },
  ]).description('Share of the time in which some, or all, tasks waited for memory.');
}

function cgroup(): PanelBuilder {
  return panel('Cgroup against its limit', 'bytes', [
    { expression: selected('cgroup_memory_working_set_bytes'), legend: `${INSTANCE} working set` },
    { expression: selected('cgroup_memory_limit_bytes'), legend: `${INSTANCE} limit` },
  ]).description('The kernel kills when the working set reaches the limit.');
}

function heap(): PanelBuilder {
  return panel('V8 heap', 'bytes', [
    { expression: selected('heap_used_bytes'), legend: `${INSTANCE} used` },
    { expression: selected('heap_floor_bytes'), legend: `${INSTANCE} after a major collection` },
    { expression: selected('heap_limit_bytes'), legend: `${INSTANCE} limit` },
    { expression: selected('heap_old_space_limit_bytes'), legend: `${INSTANCE} old-space limit` },
  ]).description('A floor that rises is what a leak looks like.');
}

function workers(): PanelBuilder {
  return panel('V8 heaps of worker threads', 'bytes', [
    { expression: selected('heap_worker_used_bytes'), legend: `${INSTANCE} {{name}} #{{thread}}` },
  ]).description('Used, by thread.');
}

function growth(): PanelBuilder {
  return panel('Growth', 'binBps', [
    { expression: selected('leak_growth_bytes_per_second'), legend: `${INSTANCE} {{subject}}` },
  ]).description('Estimated growth by subject.');
}

function alerts(): PanelBuilder {
  return panel('Active alerts', 'short', [
    { expression: selected('active_alerts'), legend: `${INSTANCE} {{severity}}` },
  ]).description("The monitor's own incidents that are firing.");
}

export function overviewPanels(): readonly PanelBuilder[] {
  return [memory(), pressure(), cgroup(), heap(), workers(), growth(), alerts()];
}
