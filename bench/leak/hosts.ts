// Used memory of whole machines: tenants that come and go, batch jobs, days and nights, caches that fill, kernel memory that wanders.
// None of it is a leak, all of it grows for hours; with a leak added, where one is wanted.

import { STEP_SECONDS } from './process.ts';
import { createRandom, type Random, seedOf } from './random.ts';

export interface HostTrace {
  readonly leak: boolean;
  readonly usedBytes: Float64Array;
  readonly totalBytes: number;
}

const STEPS_PER_DAY = 86_400 / STEP_SECONDS;
const DAYS: readonly [number, ...number[]] = [1, 2, 3];

/** The `number`-th machine of a set; a leaking one loses 30 to 60 % of its memory over the trace. */
export function makeHost(setSeed: number, number: number, leak: boolean): HostTrace {
  const random = createRandom(seedOf(setSeed, leak ? 'leaking host' : 'host', number));
  const length = random.pick(DAYS) * STEPS_PER_DAY;
  const totalBytes = random.scale(4e9, 256e9);
  const shares = [
    constant(length, random.between(0.08, 0.3)),
    daily(random, length, random.between(0, 0.12)),
    tenants(random, length),
    batchJobs(random, length),
    fillingCache(random, length),
    wander(random, length, random.scale(0.003, 0.04)),
    flicker(random, length, random.scale(0.0005, 0.008)),
    ...(leak ? [ramp(length, random.between(0.3, 0.6))] : []),
  ];
  const used = new Float64Array(length).map((_, step) => {
    const share = shares.reduce((sum, part) => sum + (part[step] ?? 0), 0);
    return Math.round(Math.min(0.98, Math.max(0.03, share)) * totalBytes);
  });
  return { leak, usedBytes: used, totalBytes };
}

type Part = Float64Array;

const constant = (length: number, share: number): Part => new Float64Array(length).fill(share);
const ramp = (length: number, share: number): Part =>
  new Float64Array(length).map((_, step) => (share * step) / length);

function daily(random: Random, length: number, depth: number): Part {
  const phase = random.between(0, 2 * Math.PI);
  return new Float64Array(length).map(
    (_, step) => depth * (1 + Math.sin(phase + (2 * Math.PI * step) / STEPS_PER_DAY)),
  );
}

/** Services that start at random, warm up, stay for hours or days and go. */
function tenants(random: Random, length: number): Part {
  const part = new Float64Array(length);
  const count = random.integer(0, 12);
  for (let tenant = 0; tenant < count; tenant++) {
    const from = Math.floor(random.between(-0.5, 1) * length);
    const to = from + Math.floor(random.scale(0.5, 48) * (STEPS_PER_DAY / 24));
    const size = random.scale(0.005, 0.08);
    const warmUp = random.scale(5, 1500);
    for (let step = Math.max(0, from); step < Math.min(length, to); step++) {
      part[step] = (part[step] ?? 0) + size * (1 - Math.exp(-(step - from) / warmUp));
    }
  }
  return part;
}

/** Jobs at a fixed time of day or hour that ramp up for minutes to hours, and release all at once. */
function batchJobs(random: Random, length: number): Part {
  const every = random.pick([STEPS_PER_DAY / 24, STEPS_PER_DAY / 4, STEPS_PER_DAY]);
  const lasts = every * random.between(0.05, 0.7);
  const size = random.scale(0.005, 0.15);
  const offset = random.between(0, every);
  return new Float64Array(length).map((_, step) => {
    const since = (step + offset) % every;
    return since < lasts ? (size * since) / lasts : 0;
  });
}

/** A database's buffer pool, or whatever else counts as used and fills towards a bound. */
function fillingCache(random: Random, length: number): Part {
  const size = random.between(0, 0.2);
  const memory = random.scale(0.02, 0.3) * length;
  return new Float64Array(length).map((_, step) => size * (1 - Math.exp(-step / memory)));
}

/** A random walk that is drawn back over a day or so. */
function wander(random: Random, length: number, spread: number): Part {
  const keep = Math.exp(-1 / (STEPS_PER_DAY * random.scale(0.1, 2)));
  const fresh = spread * Math.sqrt(1 - keep * keep);
  let level = spread * random.normal();
  return new Float64Array(length).map(() => {
    level = keep * level + fresh * random.normal();
    return level;
  });
}

const flicker = (random: Random, length: number, spread: number): Part =>
  new Float64Array(length).map(() => spread * random.normal());
