// For each alert rule, the series at its boundary, where nothing may fire, and just past it, where it must; with what the
// notification then says. Values are in promtool's notation, a sample a minute.

export interface SeriesCase {
  /** The metric without its prefix, and its labels. */
  readonly metric: string;
  readonly values: string;
}

export interface RuleCase {
  readonly alert: string;
  readonly boundary: readonly SeriesCase[];
  readonly beyond: readonly SeriesCase[];
  /** When the rule starts to hold in `beyond`, in minutes. */
  readonly fromMinute: number;
  /** Of the alert, besides its name and severity. */
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
}

const INSTANCE = { instance: 'shop:9487', job: 'plimsoll' };
const LABELS = 'instance="shop:9487",job="plimsoll"';

/** A boundary and a step beyond it in the same series. */
function around(metric: string, labels: string, boundary: string, beyond: string) {
  const name = `${metric}{${labels === '' ? LABELS : `${labels},${LABELS}`}}`;
  return {
    boundary: [{ metric: name, values: boundary }],
    beyond: [{ metric: name, values: beyond }],
  };
}

export const RULE_CASES: readonly RuleCase[] = [
  {
    alert: 'HighMemoryUsage',
    ...around('memory_usage_percent', 'type="virtual"', '85x40', '85.1x40'),
    fromMinute: 0,
    labels: { ...INSTANCE, type: 'virtual' },
    summary: 'High memory usage on shop:9487',
    description: '85.1% of memory is in use, for 5 minutes above 85%.',
  },
  {
    alert: 'CriticalMemoryUsage',
    ...around('memory_usage_percent', 'type="virtual"', '95x40', '95.1x40'),
    fromMinute: 0,
    labels: { ...INSTANCE, type: 'virtual' },
    summary: 'Memory almost exhausted on shop:9487',
    description: '95.1% of memory is in use, for 2 minutes above 95%.',
  },
  {
    alert: 'HighSwapUsage',
    ...around('memory_usage_percent', 'type="swap"', '50x40', '50.1x40'),
    fromMinute: 0,
    labels: { ...INSTANCE, type: 'swap' },
    summary: 'High swap usage on shop:9487',
    description: '50.1% of swap is in use, for 10 minutes above 50%.',
  },
  {
    alert: 'ProcessHighMemoryUsage',
    ...around('process_memory_bytes', 'type="rss"', '2147483648x40', '2147483649x40'),
    fromMinute: 0,
    labels: { ...INSTANCE, type: 'rss' },
    summary: 'High memory usage of the process on shop:9487',
    description: 'The watched process holds 2GiB, for 10 minutes above 2 GiB.',
  },
  {
    alert: 'MemoryIncreasingTrend',
    ...around('metric_trend', 'metric="memory"', '0.5x40', '0.51x40'),
    fromMinute: 0,
    labels: { ...INSTANCE, metric: 'memory' },
    summary: 'Memory usage keeps rising on shop:9487',
    description: 'Memory usage rises by 0.51 percentage points an hour.',
  },
  {
    alert: 'HighSwapActivity',
    // 1 MiB a second, and 1.5.
    ...around('memory_swap_in_bytes_total', '', '0+62914560x40', '0+94371840x40'),
    // A rate over 5 minutes grows into its window: 4 minutes of 1.5 MiB make 1.2.
    fromMinute: 4,
    labels: INSTANCE,
    summary: 'Swapping on shop:9487',
    description: '1.5MiB a second are read back from swap: the working set does not fit.',
  },
  {
    alert: 'MemoryPressure',
    // A tenth of each minute, and an eighth.
    ...around('memory_pressure_stalled_seconds_total', '', '0+6x40', '0+7.5x40'),
    fromMinute: 5,
    labels: INSTANCE,
    summary: 'Tasks wait for memory on shop:9487',
    description: 'All tasks at once waited for memory 12.5% of the time.',
  },
  {
    alert: 'OutOfMemoryKill',
    ...around('memory_oom_kills_total', '', '3x40', '3x4 4x35'),
    fromMinute: 5,
    labels: INSTANCE,
    summary: 'The kernel killed a process on shop:9487',
    description: 'A process was killed for want of memory within the last 10 minutes.',
  },
  {
    alert: 'CgroupOutOfMemoryKill',
    ...around('cgroup_memory_events_total', 'event="oom_kill"', '0x40', '0x4 1x35'),
    fromMinute: 5,
    labels: { ...INSTANCE, event: 'oom_kill' },
    summary: 'The kernel killed a process in the cgroup of shop:9487',
    description: 'A process of the cgroup was killed at its memory limit within the last 10 minutes.',
  },
  {
    alert: 'CgroupNearLimit',
    boundary: [
      { metric: `cgroup_memory_working_set_bytes{${LABELS}}`, values: '900x40' },
      { metric: `cgroup_memory_limit_bytes{${LABELS}}`, values: '1000x40' },
    ],
    beyond: [
      { metric: `cgroup_memory_working_set_bytes{${LABELS}}`, values: '901x40' },
      { metric: `cgroup_memory_limit_bytes{${LABELS}}`, values: '1000x40' },
    ],
    fromMinute: 0,
    labels: INSTANCE,
    summary: 'Cgroup near its memory limit on shop:9487',
    description: 'The working set is 90.1% of the limit; at 100% the kernel kills.',
  },
  {
    alert: 'HeapNearLimit',
    // Much garbage above a floor at the boundary is no alarm; without an old-space limit V8's own counts.
    boundary: [
      { metric: `heap_used_bytes{${LABELS}}`, values: '990x40' },
      { metric: `heap_floor_bytes{${LABELS}}`, values: '850x40' },
      { metric: `heap_old_space_limit_bytes{${LABELS}}`, values: '1000x40' },
      { metric: 'heap_used_bytes{instance="mail:9487"}', values: '1700x40' },
      { metric: 'heap_limit_bytes{instance="mail:9487"}', values: '2000x40' },
    ],
    beyond: [
      { metric: `heap_floor_bytes{${LABELS}}`, values: '851x40' },
      { metric: `heap_old_space_limit_bytes{${LABELS}}`, values: '1000x40' },
      { metric: `heap_limit_bytes{${LABELS}}`, values: '2000x40' },
    ],
    fromMinute: 0,
    labels: INSTANCE,
    summary: 'V8 heap near its limit on shop:9487',
    description: 'The heap holds 85.1% of its limit; at the limit the process aborts.',
  },
  {
    alert: 'MemoryLeak',
    boundary: [
      { metric: `leak_verdict{subject="heap:main",verdict="filling",${LABELS}}`, values: '1x40' },
      { metric: `leak_verdict{subject="host",verdict="warming-up",${LABELS}}`, values: '1x40' },
    ],
    beyond: [{ metric: `leak_verdict{subject="heap:main",verdict="leaking",${LABELS}}`, values: '1x40' }],
    fromMinute: 0,
    labels: { ...INSTANCE, subject: 'heap:main', verdict: 'leaking' },
    summary: 'Memory leak in heap:main on shop:9487',
    description: 'The verdict on heap:main is leaking; the dashboard shows the evidence.',
  },
  {
    alert: 'MemoryLimitSoon',
    ...around('memory_time_to_limit_seconds', 'subject="heap:main"', '3600x40', '3599x40'),
    fromMinute: 0,
    labels: { ...INSTANCE, subject: 'heap:main' },
    summary: 'heap:main reaches its memory limit soon on shop:9487',
    description: 'At its present growth the limit is reached in 59m 59s.',
  },
  {
    alert: 'MonitorAbsent',
    boundary: [{ metric: `monitor_samples_total{${LABELS}}`, values: '0+6x40' }],
    beyond: [],
    fromMinute: 0,
    labels: {},
    summary: 'No memory monitor is scraped',
    description: 'Prometheus has had no sample of any Plimsoll for 5 minutes.',
  },
  {
    alert: 'MonitorStalled',
    // promtool's clock starts at 0: a newest sample that is always 300 s old, and 301 s.
    ...around('monitor_last_sample_timestamp_seconds', '', '-300+60x40', '-301+60x40'),
    fromMinute: 0,
    labels: INSTANCE,
    summary: 'The memory monitor on shop:9487 takes no samples',
    description: 'The newest sample is 5m 1s old.',
  },
  {
    alert: 'MonitorCollectorFailing',
    ...around('monitor_collector_success', 'collector="meminfo"', '1x40', '0x40'),
    fromMinute: 0,
    labels: { ...INSTANCE, collector: 'meminfo' },
    summary: 'Collector meminfo fails on shop:9487',
    description: 'The collector meminfo has failed for 10 minutes; its metrics are absent.',
  },
  {
    alert: 'MonitorDroppedNotifications',
    ...around('monitor_dropped_notifications_total', '', '2x40', '2x4 3x35'),
    fromMinute: 5,
    labels: INSTANCE,
    summary: 'Notifications are lost on shop:9487',
    description: 'Notifications were given up within the last 15 minutes; see the deliveries of its alerts.',
  },
];
