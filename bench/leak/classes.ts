// What healthy and leaking processes look like, one entry a class. Growth, noise, lengths and onsets are drawn anew for every
// trace. Levels are relative to the process's base of 1.
import { type Columns, type Shape, simulate, type Trace } from './process.ts';
import { autoregression, createRandom, type Random, seedOf } from './random.ts';

export interface LabelledTrace {
  readonly name: string;
  readonly number: number;
  readonly leak: boolean;
  /** When the leak begins; 0 for healthy traces. */
  readonly onsetSeconds: number;
  readonly trace: Trace;
}

/** What one trace is made with. `at` builds a series from a function of the share of the trace that has passed, 0 to 1. */
interface Setting {
  readonly random: Random;
  readonly length: number;
  readonly noise: number;
  readonly at: (level: (share: number, index: number) => number) => Float64Array;
}

type Draft = Omit<Shape, 'noise' | 'collectionSteps' | 'garbage'> & {
  readonly noise?: number;
  readonly collectionSteps?: number;
  readonly garbage?: number;
  /** Share of the trace at which the leak begins. */
  readonly onset?: number;
};

interface TraceClass {
  readonly leak: boolean;
  readonly columns?: Columns;
  readonly make: (setting: Setting) => Draft;
}

const saturating = (share: number, memory: number) => 1 - Math.exp(-share / memory);

const startUp = ({ at, random }: Setting) => {
  const depth = random.between(0.02, 0.15);
  const memory = random.between(0.002, 0.015);
  return at((share) => -depth * Math.exp(-share / memory));
};

const plus = (...series: readonly Float64Array[]) =>
  (series[0] ?? new Float64Array()).map((_, index) =>
    series.reduce((sum, values) => sum + (values[index] ?? 0), 0),
  );

const steady = ({ at }: Setting) => at(() => 1);
const settled = (setting: Setting) => plus(steady(setting), startUp(setting));

function steadyLoad({ random, length }: Setting, spread = random.between(0.03, 0.12)): Float64Array {
  const mean = random.scale(5, 400);
  const slow = autoregression(random, length, length / random.between(10, 60));
  const fast = autoregression(random, length, 1);
  const flicker = random.between(0.03, 0.13);
  return slow.map((value, index) => mean * Math.max(0.02, 1 + spread * value + flicker * (fast[index] ?? 0)));
}

function dailyLoad(setting: Setting): Float64Array {
  const { random, length } = setting;
  const depth = random.between(0.2, 0.7);
  const phase = random.between(0, 2 * Math.PI);
  const cycles = random.between(0.4, 2);
  return steadyLoad(setting, 0.03).map(
    (value, index) => value * (1 + depth * Math.sin(phase + (2 * Math.PI * cycles * index) / length)),
  );
}

function unevenLoad(setting: Setting): Float64Array {
  const { random, length } = setting;
  const mean = random.scale(5, 400);
  const slow = autoregression(random, length, length / random.between(8, 25));
  const fast = autoregression(random, length, 1);
  return slow.map((value, index) => mean * Math.max(0.03, 1 + 0.4 * value + 0.1 * (fast[index] ?? 0)));
}

function smoothed(values: Float64Array, memory: number): Float64Array {
  let level = values[0] ?? 0;
  return values.map((value) => {
    level += (value - level) / memory;
    return level;
  });
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Memory in proportion to the load: `share` of the base at its mean. */
function carried(load: Float64Array, share: number, lag: number): Float64Array {
  const centre = mean(load);
  return smoothed(load, lag).map((value) => share * (value / centre - 1));
}

const growthOf = (random: Random) => random.scale(0.15, 2);

/** Restart steps; never so close that a process has no life of its own. */
function restartSteps({ random, length }: Setting, atLeast: number): number[] {
  const count = random.integer(atLeast, 4);
  const gap = length / (count + 1);
  return Array.from({ length: count }, (_, index) =>
    Math.round(gap * (index + 1 + random.between(-0.3, 0.3))),
  );
}

/** A level as a function of the share of the trace since the newest start. */
function perLife({ at, length }: Setting, starts: readonly number[], level: (age: number) => number) {
  return at((_, index) => {
    const born = starts.findLast((start) => start <= index) ?? 0;
    return level((index - born) / length);
  });
}

function randomWalk({ random, length }: Setting, spread: number): Float64Array {
  const step = spread / Math.sqrt(length);
  let level = 0;
  return new Float64Array(length).map(() => {
    level += step * random.normal();
    return level;
  });
}

/** Jumps of random size at random times: `sizes(number)` gives each one's. */
function staircase({ random, at }: Setting, count: number, size: (number: number) => number): Float64Array {
  const times = Array.from({ length: count }, (_, index) => (index + random.between(0.2, 0.8)) / count);
  const sizes = times.map((_, index) => size(index));
  return at((share) =>
    times.reduce((sum, time, index) => sum + (share >= time ? (sizes[index] ?? 0) : 0), 0),
  );
}

function excursions({ random, at }: Setting, count: number): Float64Array {
  const list = Array.from({ length: count }, () => ({
    from: random.between(0.03, 0.95),
    width: random.between(0.005, 0.05),
    height: random.between(0.2, 1.5),
  }));
  return at((share) =>
    list.reduce(
      (most, { from, width, height }) => Math.max(most, share >= from && share < from + width ? height : 0),
      0,
    ),
  );
}

const healthy = (make: TraceClass['make'], columns: Columns = 'all'): TraceClass => ({
  leak: false,
  make,
  columns,
});
const leaking = (make: TraceClass['make'], columns: Columns = 'all'): TraceClass => ({
  leak: true,
  make,
  columns,
});

/** Linear growth of the live set by `growth` over the trace. */
const ramp = ({ at }: Setting, growth: number) => at((share) => growth * share);

function bendsUp({ at, random }: Setting, growth: number) {
  const power = random.between(2, 3);
  return at((share) => growth * share ** power);
}

function fill({ at, random }: Setting, size: number) {
  if (random.between(0, 1) < 0.5) {
    const full = random.between(0.2, 0.5);
    return at((share) => size * Math.min(1, share / full));
  }
  const memory = random.between(0.08, 0.2);
  return at((share) => size * saturating(share, memory));
}

function leakWithNoise(s: Setting) {
  const growth = growthOf(s.random);
  return {
    live: plus(settled(s), ramp(s, growth)),
    load: steadyLoad(s),
    noise: growth / s.random.scale(10, 40),
  };
}

export const CLASSES: Readonly<Record<string, TraceClass>> = {
  flat: healthy((s) => {
    const load = steadyLoad(s);
    return { live: plus(settled(s), carried(load, s.random.between(0, 0.2), 6)), load };
  }),
  gc_sawtooth: healthy((s) => ({
    live: settled(s),
    load: steadyLoad(s),
    garbage: s.random.between(0.5, 2),
    collectionSteps: s.random.scale(5, 40),
  })),
  warmup: healthy((s) => {
    const size = s.random.between(0.2, 1.5);
    const memory = s.random.between(0.01, 0.15);
    return { live: s.at((share) => 1 - size + size * saturating(share, memory) + size), load: steadyLoad(s) };
  }),
  slow_warmup: healthy((s) => {
    const size = s.random.between(0.2, 1);
    const memory = s.random.between(0.15, 0.25);
    return { live: s.at((share) => 1 + size * saturating(share, memory)), load: steadyLoad(s) };
  }),
  cache_fill: healthy((s) => ({
    live: plus(settled(s), fill(s, s.random.between(0.3, 1.5))),
    load: steadyLoad(s),
  })),
  cache_flush: healthy((s) => {
    const starts = restartSteps(s, 2);
    const size = s.random.between(0.2, 0.8);
    const full = s.random.between(0.05, 0.12);
    return {
      live: plus(
        settled(s),
        perLife(s, starts, (age) => size * Math.min(1, age / full)),
      ),
      load: steadyLoad(s),
    };
  }),
  diurnal: healthy((s) => {
    const load = dailyLoad(s);
    return { live: plus(settled(s), carried(load, s.random.between(0.2, 0.7), 6)), load };
  }),
  load_lag: healthy((s) => {
    const load = dailyLoad(s);
    return { live: plus(settled(s), carried(load, s.random.between(0.2, 0.5), s.random.scale(6, 90))), load };
  }),
  uneven_load: healthy((s) => {
    const load = unevenLoad(s);
    return { live: plus(settled(s), carried(load, s.random.between(0.1, 0.5), 6)), load };
  }),
  deploy_step: healthy((s) => {
    const start = s.random.between(0.3, 0.85);
    const step = s.random.between(-0.1, 0.4);
    const memory = s.random.between(0.005, 0.02);
    const live = s.at((share) => 1 + (share < start ? 0 : step - 0.15 * Math.exp(-(share - start) / memory)));
    const restarts = [Math.ceil(start * s.length)];
    return { live, load: steadyLoad(s), restarts };
  }),
  load_ramp: healthy((s) => {
    const from = s.random.between(0.1, 0.7);
    const to = s.random.between(from + 0.2, 1.4);
    const rise = s.random.between(0.5, 5);
    const up = s.at((share) => 1 + rise * Math.min(Math.max(0, (share - from) / (to - from)), 1));
    const load = steadyLoad(s).map((value, index) => value * (up[index] ?? 1));
    return { live: plus(settled(s), carried(load, s.random.between(0.2, 1), 6)), load };
  }),
  spikes: healthy((s) => ({
    live: plus(settled(s), excursions(s, s.random.integer(2, 8))),
    load: steadyLoad(s),
  })),
  restart_reset: healthy((s) => {
    const starts = restartSteps(s, 1);
    const size = s.random.between(0.3, 0.8);
    const memory = s.random.between(0.005, 0.04);
    const live = perLife(s, starts, (age) => 1 - size * Math.exp(-age / memory));
    return { live, load: steadyLoad(s), restarts: starts };
  }),
  cache_restarts: healthy((s) => {
    const starts = restartSteps(s, 2);
    const size = s.random.between(0.2, 0.8);
    const full = s.random.between(0.05, 0.1);
    const live = perLife(s, starts, (age) => 1 + size * Math.min(1, age / full));
    return { live, load: steadyLoad(s), restarts: starts };
  }),
  fragmentation: healthy((s) => {
    const size = s.random.between(0.15, 0.8);
    const memory = s.random.between(0.05, 0.2);
    return {
      live: settled(s),
      native: s.at((share) => size * saturating(share, memory)),
      load: steadyLoad(s),
    };
  }),
  wander: healthy((s) => {
    const slow = autoregression(s.random, s.length, s.length * s.random.between(0.01, 0.08));
    const spread = s.random.between(0.02, 0.08);
    return {
      live: plus(
        settled(s),
        slow.map((value) => spread * value),
      ),
      load: steadyLoad(s),
    };
  }),
  random_walk: healthy((s) => ({
    live: plus(settled(s), randomWalk(s, s.random.between(0.03, 0.12))),
    load: steadyLoad(s),
  })),
  few_steps: healthy((s) => ({
    live: plus(
      settled(s),
      staircase(s, s.random.integer(1, 2), () => s.random.between(0.08, 0.4)),
    ),
    load: steadyLoad(s),
  })),
  lazy_modules: healthy((s) => {
    const first = s.random.between(0.1, 0.3);
    return {
      live: plus(
        settled(s),
        staircase(s, s.random.integer(4, 7), (number) => first * 0.4 ** number),
      ),
      load: steadyLoad(s),
    };
  }),
  batch_jobs: healthy((s) => {
    const period = s.random.between(0.05, 0.2);
    const height = s.random.between(0.1, 0.6);
    const busy = s.random.between(0.2, 0.6);
    return {
      live: plus(
        settled(s),
        s.at((share) => ((share / period) % 1 < busy ? height : 0)),
      ),
      load: steadyLoad(s),
    };
  }),
  recovering: healthy((s) => {
    const peak = s.random.between(0.3, 0.6);
    const size = s.random.between(0.2, 0.6);
    const live = s.at(
      (share) => 1 + size * (share < peak ? share / peak : Math.max(0, 1 - (share - peak) / 0.25)),
    );
    return { live, load: steadyLoad(s) };
  }),
  rss_flat: healthy((s) => ({ live: settled(s), garbage: s.random.between(0.1, 0.6) }), 'rss'),
  rss_warmup: healthy((s) => {
    const memory = s.random.between(0.02, 0.15);
    return {
      live: plus(
        settled(s),
        s.at((share) => 0.6 * saturating(share, memory)),
      ),
    };
  }, 'rss'),
  rss_cache_fill: healthy((s) => ({ live: plus(settled(s), fill(s, s.random.between(0.3, 1.5))) }), 'rss'),
  rss_steps: healthy(
    (s) => ({
      live: plus(
        settled(s),
        staircase(s, s.random.integer(1, 2), () => s.random.between(0.08, 0.4)),
      ),
    }),
    'rss',
  ),
  heap_used_flat: healthy((s) => ({ live: settled(s), collectionSteps: s.random.scale(5, 30) }), 'heap-used'),
  floor_noise: healthy((s) => ({ live: settled(s), noise: s.random.between(0.03, 0.15) }), 'floor'),

  lin_slow: leaking((s) => {
    const growth = s.random.between(0.15, 0.35);
    return {
      live: plus(settled(s), ramp(s, growth)),
      load: steadyLoad(s),
      noise: growth / s.random.scale(10, 30),
    };
  }),
  lin_gc: leaking((s) => ({
    ...leakWithNoise(s),
    collectionSteps: s.random.scale(20, 90),
    garbage: s.random.between(0.5, 1.5),
  })),
  load_prop: leaking((s) => {
    const load = unevenLoad(s);
    const growth = growthOf(s.random);
    let served = 0;
    const total = load.reduce((sum, value) => sum + value, 0);
    const leaked = load.map((value) => {
      served += value;
      return (growth * served) / total;
    });
    return { live: plus(settled(s), leaked), load, noise: growth / s.random.scale(10, 30) };
  }),
  leak_diurnal: leaking((s) => {
    const load = dailyLoad(s);
    const growth = growthOf(s.random);
    const live = plus(settled(s), ramp(s, growth), carried(load, s.random.between(0.2, 0.6), 6));
    return { live, load, noise: growth / s.random.scale(15, 40) };
  }),
  leak_restarts: leaking((s) => {
    const starts = restartSteps(s, 1);
    const growth = growthOf(s.random);
    const live = perLife(s, starts, (age) => 1 + growth * age - 0.1 * Math.exp(-age / 0.005));
    return { live, load: steadyLoad(s), restarts: starts, noise: growth / s.random.scale(10, 60) };
  }),
  accelerating: leaking((s) => {
    const growth = growthOf(s.random);
    return {
      live: plus(settled(s), bendsUp(s, growth)),
      load: steadyLoad(s),
      noise: growth / s.random.scale(12, 50),
    };
  }),
  hidden_noise: leaking((s) => {
    const growth = s.random.between(0.15, 0.5);
    return {
      live: plus(settled(s), ramp(s, growth)),
      load: steadyLoad(s),
      noise: growth / s.random.between(3, 6),
    };
  }),
  mid_onset: leaking((s) => {
    const onset = s.random.between(0.3, 0.6);
    const growth = growthOf(s.random);
    const live = plus(
      settled(s),
      s.at((share) => (growth * Math.max(0, share - onset)) / (1 - onset)),
    );
    return { live, load: steadyLoad(s), onset, noise: growth / s.random.scale(10, 40) };
  }),
  native_leak: leaking((s) => {
    const growth = s.random.between(0.15, 0.5);
    return { live: settled(s), native: ramp(s, growth), load: steadyLoad(s) };
  }),
  native_onset: leaking((s) => {
    const onset = s.random.between(0.3, 0.6);
    const growth = s.random.between(0.15, 0.6);
    return {
      live: settled(s),
      native: s.at((share) => (growth * Math.max(0, share - onset)) / (1 - onset)),
      load: steadyLoad(s),
      onset,
    };
  }),
  step_leak: leaking((s) => {
    const count = s.random.integer(6, 20);
    const growth = growthOf(s.random);
    const live = plus(
      settled(s),
      staircase(s, count, () => (growth / count) * s.random.between(0.6, 1.4)),
    );
    return { live, load: steadyLoad(s), noise: growth / s.random.scale(15, 50) };
  }),
  warmup_leak: leaking((s) => {
    const size = s.random.between(0.2, 0.8);
    const memory = s.random.between(0.03, 0.12);
    const growth = s.random.between(0.2, 1);
    const live = s.at((share) => 1 + size * saturating(share, memory) + growth * share);
    return { live, load: steadyLoad(s), noise: growth / s.random.scale(15, 40) };
  }),
  cache_leak: leaking((s) => {
    const growth = s.random.between(0.2, 1);
    const live = plus(settled(s), fill(s, s.random.between(0.2, 0.6)), ramp(s, growth));
    return { live, load: steadyLoad(s), noise: growth / s.random.scale(15, 40) };
  }),
  leak_spikes: leaking((s) => {
    const growth = growthOf(s.random);
    const live = plus(settled(s), ramp(s, growth), excursions(s, s.random.integer(2, 6)));
    return { live, load: steadyLoad(s), noise: growth / s.random.scale(15, 40) };
  }),
  leak_step: leaking((s) => {
    const growth = growthOf(s.random);
    const live = plus(
      settled(s),
      ramp(s, growth),
      staircase(s, 1, () => s.random.between(0.1, 0.4)),
    );
    return { live, load: steadyLoad(s), noise: growth / s.random.scale(15, 40) };
  }),
  leak_wander: leaking((s) => {
    const growth = s.random.between(0.4, 1.5);
    const slow = autoregression(s.random, s.length, s.length * 0.02);
    const spread = growth / s.random.between(15, 30);
    return {
      live: plus(
        settled(s),
        ramp(s, growth),
        slow.map((value) => spread * value),
      ),
      load: steadyLoad(s),
    };
  }),
  working_hours_leak: leaking((s) => {
    const growth = growthOf(s.random);
    const period = s.random.between(0.1, 0.2);
    const live = s.at((share) => {
      const cycle = share / period;
      return 1 + growth * period * (Math.floor(cycle) + Math.min(1, (cycle % 1) * 2));
    });
    return { live, load: steadyLoad(s), noise: growth / s.random.scale(15, 40) };
  }),
  unknown_load: leaking(leakWithNoise, 'no-load'),
  rss_leak: leaking(
    (s) => ({ live: plus(settled(s), ramp(s, growthOf(s.random))), garbage: s.random.between(0.05, 0.5) }),
    'rss',
  ),
  heap_used_leak: leaking(
    (s) => ({ ...leakWithNoise(s), collectionSteps: s.random.scale(5, 20) }),
    'heap-used',
  ),
  floor_leak: leaking(leakWithNoise, 'floor'),
};

const HOURS: readonly [number, ...number[]] = [2, 4, 6, 8, 12, 24];

/** The `number`-th trace of a class in the set that `setSeed` stands for. */
export function makeTrace(setSeed: number, name: string, number: number): LabelledTrace {
  const traceClass = CLASSES[name];
  if (traceClass === undefined) throw new RangeError(`no trace class is called ${name}`);
  const random = createRandom(seedOf(setSeed, name, number));
  const length = random.pick(HOURS) * 360;
  const setting: Setting = {
    random,
    length,
    noise: random.scale(0.004, 0.025),
    at: (level) => Float64Array.from({ length }, (_, index) => level(index / length, index)),
  };
  const draft = traceClass.make(setting);
  const shape: Shape = {
    noise: setting.noise,
    collectionSteps: random.scale(2, 20),
    garbage: random.between(0.1, 0.5),
    ...draft,
  };
  return {
    name,
    number,
    leak: traceClass.leak,
    onsetSeconds: (draft.onset ?? 0) * length * 10,
    trace: simulate(random, shape, traceClass.columns ?? 'all'),
  };
}
