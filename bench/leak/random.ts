// Seeded randomness: the same seed gives the same trace on every machine.

export interface Random {
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Log-uniform in [low, high): as likely to fall in one octave as in another. */
  scale(low: number, high: number): number;
  /** Standard normal. */
  normal(): number;
  integer(low: number, high: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
}

/** Mulberry32 (Tommy Ettinger): 32 bits of state, ample for traces. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + (high - low) * uniform();
  const integer = (low: number, high: number) => Math.floor(between(low, high + 1));
  return {
    between,
    scale: (low, high) => Math.exp(between(Math.log(low), Math.log(high))),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    integer,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
  };
}

/** First-order autoregression with unit variance that forgets within about `memory` steps. */
export function autoregression(random: Random, length: number, memory: number): Float64Array {
  const keep = Math.exp(-1 / Math.max(memory, 1e-9));
  const fresh = Math.sqrt(1 - keep * keep);
  const values = new Float64Array(length);
  let value = random.normal();
  for (let index = 0; index < length; index++) {
    values[index] = value;
    value = keep * value + fresh * random.normal();
  }
  return values;
}

/** A seed for one trace out of the set's seed, the class and the number in the class. */
export function seedOf(setSeed: number, name: string, number: number): number {
  let hash = 2_166_136_261 ^ setSeed;
  for (const code of `${name}#${number}`) hash = Math.imul(hash ^ code.charCodeAt(0), 16_777_619);
  return hash >>> 0;
}
