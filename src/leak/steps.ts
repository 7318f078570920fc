// Accounts of a series that stepped: at its largest jumps, one or two of them.
import type { Account, LevelFamily } from './account.ts';
import type { StreamRecord } from './record.ts';
import type { Column } from './regression.ts';
import type { Room } from './room.ts';

const MOST_STEPS = 4;

export function stepsOf(room: Room, record: StreamRecord) {
  const { times } = record;
  const jumps = largestJumps(record);
  const one = jumps.map((jump) => stepping(room, 'step', times, [jump]));
  const two = jumps
    .slice(0, 3)
    .flatMap((jump, index) =>
      jumps.slice(index + 1, 3).map((other) => stepping(room, 'two-steps', times, [jump, other])),
    );
  return { one, two };
}

function stepping(
  room: Room,
  family: 'step' | 'two-steps',
  times: Column,
  jumps: readonly number[],
): Account<LevelFamily> {
  const columns = jumps.map((jump) => room.stepAt(times, jump));
  return { family, columns, positive: 0, searched: jumps.length, endSlope: 0, atSeconds: Math.max(...jumps) };
}

/** Times just after the largest jumps, over two buckets on either side, and apart from each other. */
function largestJumps({ times, values, lives }: StreamRecord): number[] {
  const starts = new Set(lives);
  const at = (index: number) => values[index] as number;
  const jumps: { index: number; size: number }[] = [];
  for (let index = 3; index < values.length - 2; index++) {
    if (starts.has(index)) continue;
    jumps.push({ index, size: Math.abs(at(index + 1) + at(index) - at(index - 1) - at(index - 2)) });
  }
  jumps.sort((a, b) => b.size - a.size);
  const chosen: number[] = [];
  for (const { index } of jumps) {
    if (chosen.every((other) => Math.abs(other - index) > 2)) chosen.push(index);
    if (chosen.length === MOST_STEPS) break;
  }
  return chosen.map((index) => times[index] as number);
}
