// The shapes that accounts are made of, as columns along time or age.
import type { Column } from './regression.ts';

/** Makes columns out of one block: a typed array of its own is dear for so short a life. */
export type Room = (along: Column, level: (value: number) => number) => Column;

const COLUMNS_IN_BLOCK = 32;

export function createRoom(length: number): Room {
  let block = new Float64Array();
  let used = 0;
  return (along, level) => {
    if (used + length > block.length) {
      block = new Float64Array(COLUMNS_IN_BLOCK * length);
      used = 0;
    }
    const column = block.subarray(used, used + length);
    used += length;
    for (let index = 0; index < length; index++) column[index] = level(along[index] as number);
    return column;
  };
}

export const saturation = (room: Room, ages: Column, memory: number) =>
  room(ages, (age) => -Math.exp(-age / memory));
export const rampTo = (room: Room, ages: Column, end: number) => room(ages, (age) => Math.min(age, end));
export const rampFrom = (room: Room, times: Column, start: number) =>
  room(times, (time) => Math.max(0, time - start));
export const stepAt = (room: Room, times: Column, at: number) => room(times, (time) => (time >= at ? 1 : 0));
