// Starts of a program and its major collections, as marks.
import type { Marks } from '../../../src/api/wire.ts';
import { formatBytes, MIB } from '../../../src/units/index.ts';
import type { Mark } from './mark.ts';

/** More of them than this are a carpet: the floor's line says the same. */
const MOST_COLLECTIONS = 60;

export function toMarks({ starts, collections }: Marks, program: string): Mark[] {
  const started = starts.map(({ pid, at }): Mark => mark('restart', at, `${program} started (${pid})`));
  const collected = collections.map(({ at, floor_mb, count }) =>
    mark(
      'collection',
      at,
      `${count > 1 ? `${count} major collections` : 'major collection'}, ${formatBytes(floor_mb * MIB)} stayed`,
    ),
  );
  return [...started, ...(collected.length > MOST_COLLECTIONS ? [] : collected)];
}

function mark(kind: Mark['kind'], at: string, label: string): Mark {
  return { kind, atSeconds: Date.parse(at) / 1000, label };
}
