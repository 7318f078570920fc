// The shapes that accounts are made of, as columns along time or age, each made once for a record however many accounts use it.
import type { Column } from './regression.ts';

export interface Room {
  saturation(ages: Column, memory: number): Column;
  rampTo(ages: Column, end: number): Column;
  rampFrom(times: Column, start: number): Column;
  stepAt(times: Column, at: number): Column;
  squares(ages: Column, oldest: number): Column;
}

const COLUMNS_IN_BLOCK = 32;

/** Makes columns out of one block: a typed array of its own is dear for so short a life. Plain loops: they are the work. */
export function createRoom(length: number): Room {
  let block = new Float64Array();
  let used = 0;
  const saturations = new Map<number, Column>();
  const column = (): Column => {
    if (used + length > block.length) {
      block = new Float64Array(COLUMNS_IN_BLOCK * length);
      used = 0;
    }
    used += length;
    return block.subarray(used - length, used);
  };
  return {
    saturation(ages, memory) {
      const known = saturations.get(memory);
      if (known) return known;
      const made = column();
      for (let index = 0; index < length; index++) made[index] = -Math.exp(-(ages[index] as number) / memory);
      saturations.set(memory, made);
      return made;
    },
    rampTo(ages, end) {
      const made = column();
      for (let index = 0; index < length; index++) made[index] = Math.min(ages[index] as number, end);
      return made;
    },
    rampFrom(times, start) {
      const made = column();
      for (let index = 0; index < length; index++)
        made[index] = Math.max(0, (times[index] as number) - start);
      return made;
    },
    stepAt(times, at) {
      const made = column();
      for (let index = 0; index < length; index++) made[index] = (times[index] as number) >= at ? 1 : 0;
      return made;
    },
    squares(ages, oldest) {
      const made = column();
      for (let index = 0; index < length; index++) made[index] = (ages[index] as number) ** 2 / oldest;
      return made;
    },
  };
}
