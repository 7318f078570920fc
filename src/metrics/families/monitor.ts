// The monitor about itself: what it costs, which collectors work, what it lost.
import { type Family, type Series, single } from '../family.ts';
import type { CollectorCost, MetricsReading } from '../reading.ts';

const COLLECTOR_LABELS = { collector: 'name of the collector' };

function perCollector(
  { self }: MetricsReading,
  figure: (collector: CollectorCost) => number,
): readonly Series[] {
  return (self?.collectors ?? []).map((collector) => ({
    labels: { collector: collector.report.collector },
    value: figure(collector),
  }));
}

export const MONITOR_FAMILIES: readonly Family[] = [
  {
    name: 'monitor_build_info',
    type: 'gauge',
    origin: 'new',
    labels: { version: 'version of Plimsoll', mode: ['agent', 'service'] },
    help: 'Always 1: the labels say which monitor this is.',
    series: ({ build }) =>
      build === undefined ? [] : [{ labels: { version: build.version, mode: build.mode }, value: 1 }],
  },
  {
    name: 'monitor_rss_bytes',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'RSS of the process the monitor runs in, which inside a service is the service.',
    series: ({ own }) => single(own?.rssBytes),
  },
  {
    name: 'monitor_memory_bytes',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'Memory of the monitor alone: the RSS of an agent; inside a service what its own thread takes.',
    series: ({ self }) => single(self?.memoryBytes),
  },
  {
    name: 'monitor_cpu_seconds_total',
    type: 'counter',
    origin: 'new',
    labels: {},
    help: 'CPU time of the monitor since it started.',
    series: ({ self }) => single(self?.cpuSeconds),
  },
  {
    name: 'monitor_cpu_ratio',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'CPU of the monitor as a share of one processor.',
    series: ({ self }) => single(self?.cpuRatio),
  },
  {
    name: 'monitor_last_sample_timestamp_seconds',
    type: 'gauge',
    origin: 'new',
    labels: {},
    help: 'Unix time of the sample that this scrape shows.',
    series: ({ host }) => single(host?.atSeconds),
  },
  {
    name: 'monitor_collector_duration_seconds',
    type: 'gauge',
    origin: 'new',
    labels: COLLECTOR_LABELS,
    help: 'Time the collector took in the newest sample.',
    series: (reading) => perCollector(reading, ({ report }) => report.durationSeconds),
  },
  {
    name: 'monitor_collector_success',
    type: 'gauge',
    origin: 'new',
    labels: COLLECTOR_LABELS,
    help: '0 when the collector failed in the newest sample, else 1; nothing to read is not a failure.',
    series: (reading) => perCollector(reading, ({ report }) => (report.outcome === 'failed' ? 0 : 1)),
  },
  {
    name: 'monitor_collector_failures_total',
    type: 'counter',
    origin: 'new',
    labels: COLLECTOR_LABELS,
    help: 'Samples in which the collector failed, since the monitor started.',
    series: (reading) => perCollector(reading, ({ failuresTotal }) => failuresTotal),
  },
  {
    name: 'monitor_samples_total',
    type: 'counter',
    origin: 'new',
    labels: {},
    help: 'Samples taken since the monitor started.',
    series: ({ self }) => single(self?.samplesTotal),
  },
  {
    name: 'monitor_dropped_samples_total',
    type: 'counter',
    origin: 'new',
    labels: {},
    help: 'Samples that were due and not taken, because the one before was still running.',
    series: ({ self }) => single(self?.droppedSamplesTotal),
  },
  {
    name: 'monitor_dropped_notifications_total',
    type: 'counter',
    origin: 'new',
    labels: {},
    help: 'Notifications given up after all retries, or for want of room.',
    series: ({ self }) => single(self?.notificationsDroppedTotal),
  },
];
