// CPU of one text. The variants alternate, so that a slow minute of the machine hits them all; `A/A` is the first one again,
// and what it differs by is noise.
import { Counter, Gauge, Registry } from 'prom-client';
import { createExposition, FAMILIES } from '../../src/metrics/index.ts';
import { measuredReading } from './reading.ts';
import { type Spread, spread } from './statistics.ts';

const ROUNDS = 15;
const OPENMETRICS = 'application/openmetrics-text';

interface Variant {
  readonly name: string;
  readonly iterations: number;
  readonly once: () => Promise<unknown>;
}

export interface RenderResult extends Spread {
  readonly name: string;
}

/** Microseconds of CPU for each operation. */
export async function measureRendering(): Promise<readonly RenderResult[]> {
  const variants = renderingVariants();
  const rounds = variants.map((): number[] => []);
  for (let round = -2; round < ROUNDS; round += 1) {
    for (const [index, variant] of variants.entries()) {
      const cpu = await cpuMicroseconds(variant);
      // The first two rounds let V8 compile.
      if (round >= 0) rounds[index]?.push(cpu);
    }
  }
  return variants.map(({ name }, index) => ({ name, ...spread(rounds[index] ?? []) }));
}

async function cpuMicroseconds({ once, iterations }: Variant): Promise<number> {
  const before = process.cpuUsage();
  for (let count = 0; count < iterations; count += 1) await once();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / iterations;
}

function renderingVariants(): readonly Variant[] {
  const reading = measuredReading();
  const fresh = createExposition({ prefix: 'vertex_ar_' });
  const kept = createExposition({ prefix: 'vertex_ar_' });
  kept.update(() => reading);
  const afterUpdate = (accept?: string) => () => {
    fresh.update(() => reading);
    return fresh.text(accept);
  };
  const registry = filledRegistry();
  return [
    { name: 'first scrape after an update', iterations: 200, once: afterUpdate() },
    { name: 'first scrape after an update, A/A', iterations: 200, once: afterUpdate() },
    { name: 'first scrape after an update, OpenMetrics', iterations: 200, once: afterUpdate(OPENMETRICS) },
    { name: 'any further scrape', iterations: 20_000, once: () => kept.text(undefined) },
    { name: 'any further scrape, OpenMetrics', iterations: 20_000, once: () => kept.text(OPENMETRICS) },
    { name: 'update', iterations: 20_000, once: async () => kept.update(() => reading) },
    {
      name: 'prom-client alone: metrics() of a filled registry',
      iterations: 200,
      once: () => registry.metrics(),
    },
  ];
}

/** The same series as prom-client is commonly used: registered once, rendered at each scrape. */
function filledRegistry(): Registry {
  const registry = new Registry();
  const reading = measuredReading();
  for (const { name, help, labels, type, series } of FAMILIES) {
    const configuration = { name, help, labelNames: Object.keys(labels), registers: [registry] };
    if (type === 'gauge') {
      const gauge = new Gauge(configuration);
      for (const one of series(reading)) gauge.set({ ...one.labels }, one.value);
    } else {
      const counter = new Counter(configuration);
      for (const one of series(reading)) counter.inc({ ...one.labels }, one.value);
    }
  }
  return registry;
}
