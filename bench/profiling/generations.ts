// One service in every variant at once, burst by burst. The speed of a small machine changes by a third from second to second and
// hits whoever is running: so bursts are short, come in a new order every round, and what is compared are sums over many rounds.
// What is left of it, and what sets one process apart from another (what V8 inlined when, where a string came to lie), several
// processes of each variant show, and several generations: all processes anew.
import { quantile } from '../metrics/statistics.ts';
import { type Service, startService } from './load.ts';
import type { Variant } from './variants.ts';

export const GENERATIONS = 4;
/** Of a variant, side by side. */
export const PROCESSES = 3;
export const ROUNDS = 40;
/** By then V8 has compiled what it will, and the monitor has settled too: what is measured is a service that stays up. */
export const WARM_UP_SECONDS = 70;
/** Of one burst: about 80 ms. */
export const REQUESTS = 500;

/** One process, over all its rounds. */
export interface Lived {
  readonly variant: Variant;
  /** CPU that it has taken when it listens. */
  readonly startCpuSeconds: number;
  readonly cpuMicroseconds: number;
  readonly p99Milliseconds: number;
  readonly rssBytes: number;
}

/** By generation, all of its processes. */
export async function measureService(
  service: readonly string[],
  variants: readonly Variant[],
  onGeneration: (done: number) => void,
): Promise<readonly (readonly Lived[])[]> {
  const generations: (readonly Lived[])[] = [];
  for (let done = 1; done <= GENERATIONS; done += 1) {
    generations.push(await liveOnce(service, variants));
    onGeneration(done);
  }
  return generations;
}

/** One service, and what its bursts took. */
interface Running {
  readonly variant: Variant;
  readonly service: Service;
  readonly startCpuSeconds: number;
  readonly tookMilliseconds: number[];
  cpuSeconds: number;
}

async function liveOnce(service: readonly string[], variants: readonly Variant[]): Promise<readonly Lived[]> {
  const wanted = variants.flatMap((variant) => Array.from({ length: PROCESSES }, () => variant));
  const all: Running[] = [];
  for (const variant of shuffled(wanted)) all.push(await begin(service, variant));
  await warmUp(all, WARM_UP_SECONDS / 2);
  for (const running of all) await running.service.settle();
  await warmUp(all, WARM_UP_SECONDS / 2);
  for (let left = ROUNDS; left > 0; left -= 1) await serveRound(all, true);
  return Promise.all(all.map(end));
}

async function warmUp(all: readonly Running[], seconds: number): Promise<void> {
  const until = performance.now() + 1000 * seconds;
  while (performance.now() < until) await serveRound(all, false);
}

async function serveRound(all: readonly Running[], isKept: boolean): Promise<void> {
  for (const running of shuffled(all)) await burst(running, isKept);
}

async function begin(arguments_: readonly string[], variant: Variant): Promise<Running> {
  const service = await startService(arguments_, variant.preloads, variant.environment);
  const { cpuSeconds } = await service.cost();
  return { variant, service, startCpuSeconds: cpuSeconds, tookMilliseconds: [], cpuSeconds: 0 };
}

async function burst(running: Running, isKept: boolean): Promise<void> {
  const before = await running.service.cost();
  const took = await running.service.serve(REQUESTS);
  const after = await running.service.cost();
  if (!isKept) return;
  running.tookMilliseconds.push(...took);
  running.cpuSeconds += after.cpuSeconds - before.cpuSeconds;
}

async function end({
  variant,
  service,
  startCpuSeconds,
  tookMilliseconds,
  cpuSeconds,
}: Running): Promise<Lived> {
  const { rssBytes } = await service.cost();
  service.stop();
  return {
    variant,
    startCpuSeconds,
    cpuMicroseconds: (cpuSeconds / tookMilliseconds.length) * 1e6,
    p99Milliseconds: quantile(tookMilliseconds, 0.99),
    rssBytes,
  };
}

/** Nobody always comes after the same neighbour, at the start of processes as little as in a round. */
function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
