// The limit that counts is the least of a group's own and those of all the groups it is in.
import { join } from 'node:path';
import type { MemoryLimit } from '../../model/index.ts';
import type { Bytes } from '../../units/index.ts';
import { ancestry } from './hierarchy.ts';
import { readText } from './read-text.ts';
import { parseLimit } from './values.ts';

export const UNLIMITED: MemoryLimit = { kind: 'unlimited' };

/** Infinity reads as "no limit". */
export function asLimit(bytes: Bytes, path: string): MemoryLimit {
  return Number.isFinite(bytes) ? { kind: 'limited', bytes, path } : UNLIMITED;
}

/** The tighter of two; of two alike the first. */
export function least(first: MemoryLimit, second: MemoryLimit): MemoryLimit {
  if (second.kind === 'unlimited') return first;
  return first.kind === 'unlimited' || second.bytes < first.bytes ? second : first;
}

/** The least of the file's values from `path` up to the root. A group without the file sets no limit. */
export function leastLimit(root: string, path: string, file: string): MemoryLimit {
  return ancestry(path)
    .map((group) => {
      const text = readText(join(root, group, file));
      return text === undefined ? UNLIMITED : asLimit(parseLimit(file, text), group);
    })
    .reduce(least, UNLIMITED);
}
