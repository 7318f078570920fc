// The text a scraper gets. A scrape shows the latest reading and computes nothing twice: reading and text are made at the first
// scrape after an update, the text once for each format, and kept until the next update. What nobody scrapes costs nothing.
import type { Registry as PromRegistry, RegistryContentType } from 'prom-client';
import { bounded, labelValue } from './cardinality.ts';
import { FAMILIES } from './families.ts';
import { type Family, isShowable, type Series } from './family.ts';
import { type Format, negotiate } from './negotiation.ts';
import { Counter, Gauge, Registry } from './prom-client.ts';
import type { MetricsReading } from './reading.ts';

export interface ExpositionOptions {
  /** Of every metric name: letters, digits, `_` and `:`, or empty. */
  readonly prefix: string;
  /** Allocation sites shown, the largest. */
  readonly topSites?: number;
}

export interface ExpositionText {
  readonly contentType: string;
  readonly body: string;
}

export interface Exposition {
  /** What scrapes show from now on: `read` is called by the first of them, if any comes before the next update. */
  update(read: () => MetricsReading): void;
  /** @param accept the scraper's Accept header. */
  text(accept: string | undefined): Promise<ExpositionText>;
}

/** As many as a snapshot shows by default (MONITORING_TRACEMALLOC_TOP_N). */
const DEFAULT_TOP_SITES = 10;

const CONTENT_TYPES = {
  text: Registry.PROMETHEUS_CONTENT_TYPE,
  openmetrics: Registry.OPENMETRICS_CONTENT_TYPE,
} as const;

export function createExposition(options: ExpositionOptions): Exposition {
  const { prefix, topSites = DEFAULT_TOP_SITES } = options;
  let read = (): MetricsReading => ({});
  let reading: MetricsReading | undefined;
  const texts = new Map<Format, Promise<ExpositionText>>();
  return {
    update(next) {
      read = next;
      reading = undefined;
      texts.clear();
    },
    text(accept) {
      const format = negotiate(accept);
      reading ??= bounded(read(), topSites);
      const text = texts.get(format) ?? render(reading, prefix, format);
      texts.set(format, text);
      return text;
    },
  };
}

/**
 * A registry lives for one text. So a series whose source is gone is gone too, a counter shows its source's value even when
 * the source began again at 0, and the OpenMetrics text, for which prom-client renames the counters, spoils no other.
 */
async function render(reading: MetricsReading, prefix: string, format: Format): Promise<ExpositionText> {
  const registry = registryOf(CONTENT_TYPES[format]);
  for (const family of FAMILIES) {
    const series = family.series(reading).filter(({ value }) => isShowable(family.type, value));
    if (series.length > 0) register(registry, family, prefix, series);
  }
  return { contentType: CONTENT_TYPES[format], body: await body(registry, format) };
}

function registryOf(contentType: RegistryContentType): PromRegistry<RegistryContentType> {
  const registry = new Registry<RegistryContentType>();
  registry.setContentType(contentType);
  return registry;
}

/** prom-client ends an empty registry with a blank line, which OpenMetrics forbids. */
async function body(registry: PromRegistry<RegistryContentType>, format: Format): Promise<string> {
  if (registry.getMetricsAsArray().length > 0) return registry.metrics();
  return format === 'openmetrics' ? '# EOF\n' : '';
}

function register(
  registry: PromRegistry<RegistryContentType>,
  family: Family,
  prefix: string,
  series: readonly Series[],
): void {
  const configuration = {
    name: `${prefix}${family.name}`,
    help: family.help,
    labelNames: Object.keys(family.labels),
    registers: [registry],
  };
  switch (family.type) {
    case 'gauge': {
      const gauge = new Gauge(configuration);
      for (const { labels, value } of series) gauge.set(texts(labels), value);
      return;
    }
    case 'counter': {
      const counter = new Counter(configuration);
      for (const { labels, value } of series) counter.inc(texts(labels), value);
      return;
    }
  }
}

function texts(labels: Series['labels']): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, labelValue(value)]));
}
