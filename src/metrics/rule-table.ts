// The alert rules for a Prometheus that scrapes Plimsoll, as data. The first five are the seed's, to the letter; the others ask
// what the newer metrics can answer. Thresholds are strict: at exactly the threshold nothing fires.

export interface AlertRule {
  readonly alert: string;
  readonly severity: 'warning' | 'critical';
  /** How long the expression has to hold. */
  readonly for: `${number}m`;
  /** PromQL, with every metric named by its prefix `p`. */
  readonly expression: (p: string) => string;
  readonly summary: string;
  readonly description: string;
}

export const SEED_RULES: readonly AlertRule[] = [
  {
    alert: 'HighMemoryUsage',
    severity: 'warning',
    for: '5m',
    expression: (p) => `${p}memory_usage_percent{type="virtual"} > 85`,
    summary: 'High memory usage on {{ $labels.instance }}',
    description: '{{ printf "%.1f" $value }}% of memory is in use, for 5 minutes above 85%.',
  },
  {
    alert: 'CriticalMemoryUsage',
    severity: 'critical',
    for: '2m',
    expression: (p) => `${p}memory_usage_percent{type="virtual"} > 95`,
    summary: 'Memory almost exhausted on {{ $labels.instance }}',
    description: '{{ printf "%.1f" $value }}% of memory is in use, for 2 minutes above 95%.',
  },
  {
    alert: 'HighSwapUsage',
    severity: 'warning',
    for: '10m',
    expression: (p) => `${p}memory_usage_percent{type="swap"} > 50`,
    summary: 'High swap usage on {{ $labels.instance }}',
    description: '{{ printf "%.1f" $value }}% of swap is in use, for 10 minutes above 50%.',
  },
  {
    alert: 'ProcessHighMemoryUsage',
    severity: 'warning',
    for: '10m',
    expression: (p) => `${p}process_memory_bytes{type="rss"} > 2 * 1024^3`,
    summary: 'High memory usage of the process on {{ $labels.instance }}',
    description: 'The watched process holds {{ $value | humanize1024 }}B, for 10 minutes above 2 GiB.',
  },
  {
    alert: 'MemoryIncreasingTrend',
    severity: 'warning',
    for: '30m',
    expression: (p) => `${p}metric_trend{metric="memory"} > 0.5`,
    summary: 'Memory usage keeps rising on {{ $labels.instance }}',
    description: 'Memory usage rises by {{ printf "%.2f" $value }} percentage points an hour.',
  },
];

export const FURTHER_RULES: readonly AlertRule[] = [
  {
    alert: 'HighSwapActivity',
    severity: 'warning',
    for: '10m',
    // Reading back is what slows a host down; what was written once and is not needed costs nothing.
    expression: (p) => `rate(${p}memory_swap_in_bytes_total[5m]) > 1024^2`,
    summary: 'Swapping on {{ $labels.instance }}',
    description:
      '{{ $value | humanize1024 }}B a second are read back from swap: the working set does not fit.',
  },
  {
    alert: 'MemoryPressure',
    severity: 'warning',
    for: '5m',
    expression: (p) => `rate(${p}memory_pressure_stalled_seconds_total[5m]) > 0.1`,
    summary: 'Tasks wait for memory on {{ $labels.instance }}',
    description: 'All tasks at once waited for memory {{ $value | humanizePercentage }} of the time.',
  },
  {
    alert: 'OutOfMemoryKill',
    severity: 'critical',
    for: '0m',
    expression: (p) => `increase(${p}memory_oom_kills_total[10m]) > 0`,
    summary: 'The kernel killed a process on {{ $labels.instance }}',
    description: 'A process was killed for want of memory within the last 10 minutes.',
  },
  {
    alert: 'CgroupOutOfMemoryKill',
    severity: 'critical',
    for: '0m',
    expression: (p) => `increase(${p}cgroup_memory_events_total{event="oom_kill"}[10m]) > 0`,
    summary: 'The kernel killed a process in the cgroup of {{ $labels.instance }}',
    description: 'A process of the cgroup was killed at its memory limit within the last 10 minutes.',
  },
  {
    alert: 'CgroupNearLimit',
    severity: 'warning',
    for: '5m',
    expression: (p) => `${p}cgroup_memory_working_set_bytes / ${p}cgroup_memory_limit_bytes > 0.9`,
    summary: 'Cgroup near its memory limit on {{ $labels.instance }}',
    description:
      'The working set is {{ $value | humanizePercentage }} of the limit; at 100% the kernel kills.',
  },
  {
    alert: 'HeapNearLimit',
    severity: 'critical',
    for: '5m',
    // What a major collection left, not what is in use: V8 lets garbage pile up until the limit is near. And of the old space's
    // own limit where that is known: heap_limit_bytes counts the young generation too.
    expression: (p) =>
      `(${p}heap_floor_bytes or ${p}heap_used_bytes) / (${p}heap_old_space_limit_bytes or ${p}heap_limit_bytes) > 0.85`,
    summary: 'V8 heap near its limit on {{ $labels.instance }}',
    description:
      'The heap holds {{ $value | humanizePercentage }} of its limit; at the limit the process aborts.',
  },
  {
    alert: 'MemoryLeak',
    severity: 'warning',
    for: '10m',
    expression: (p) => `${p}leak_verdict{verdict="leaking"} > 0`,
    summary: 'Memory leak in {{ $labels.subject }} on {{ $labels.instance }}',
    description: 'The verdict on {{ $labels.subject }} is leaking; the dashboard shows the evidence.',
  },
  {
    alert: 'MemoryLimitSoon',
    severity: 'critical',
    for: '5m',
    expression: (p) => `${p}memory_time_to_limit_seconds < 3600`,
    summary: '{{ $labels.subject }} reaches its memory limit soon on {{ $labels.instance }}',
    description: 'At its present growth the limit is reached in {{ $value | humanizeDuration }}.',
  },
  {
    alert: 'MonitorAbsent',
    severity: 'critical',
    for: '5m',
    expression: (p) => `absent(${p}monitor_samples_total)`,
    summary: 'No memory monitor is scraped',
    description: 'Prometheus has had no sample of any Plimsoll for 5 minutes.',
  },
  {
    alert: 'MonitorStalled',
    severity: 'warning',
    for: '5m',
    expression: (p) => `time() - ${p}monitor_last_sample_timestamp_seconds > 300`,
    summary: 'The memory monitor on {{ $labels.instance }} takes no samples',
    description: 'The newest sample is {{ $value | humanizeDuration }} old.',
  },
  {
    alert: 'MonitorCollectorFailing',
    severity: 'warning',
    for: '10m',
    expression: (p) => `${p}monitor_collector_success < 1`,
    summary: 'Collector {{ $labels.collector }} fails on {{ $labels.instance }}',
    description: 'The collector {{ $labels.collector }} has failed for 10 minutes; its metrics are absent.',
  },
  {
    alert: 'MonitorDroppedNotifications',
    severity: 'warning',
    for: '0m',
    expression: (p) => `increase(${p}monitor_dropped_notifications_total[15m]) > 0`,
    summary: 'Notifications are lost on {{ $labels.instance }}',
    description: 'Notifications were given up within the last 15 minutes; see the deliveries of its alerts.',
  },
];

export const RULES: readonly AlertRule[] = [...SEED_RULES, ...FURTHER_RULES];
