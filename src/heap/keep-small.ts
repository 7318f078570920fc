// The heap of a thread of our own, kept near what lives in it. Every sample leaves a little garbage, some of it in the old
// generation, which V8 collects only when that has come to several times what lives: for a monitor that lives in 12 MB, ten megabytes
// in as many minutes that its service is billed for, and more to come.
import { getHeapStatistics } from 'node:v8';
import type { Bytes, Seconds } from '../units/index.ts';
import { giveMemoryBack } from './give-back.ts';

/** By then what starting took is garbage. */
const SETTLED_SECONDS: Seconds = 5;

/** A collection takes this thread up to 0.1 s, so no more than 0.2 % of a processor. */
const BETWEEN_SECONDS: Seconds = 60;

/** Less is not worth one. */
const GARBAGE_BYTES: Bytes = 4 * 1024 ** 2;

export interface OwnHeap {
  usedBytes(): Bytes;
  collect(): void;
}

const thisThread: OwnHeap = {
  usedBytes: () => getHeapStatistics().used_heap_size,
  collect: giveMemoryBack,
};

/** From when the start is over, until what is returned is called. For threads of our own; keeps no process alive. */
export function keepHeapSmall(heap: OwnHeap = thisThread): () => void {
  const collectGarbage = createGarbageCollector(heap);
  let timer = setTimeout(function again() {
    collectGarbage();
    timer = setTimeout(again, BETWEEN_SECONDS * 1000).unref();
  }, SETTLED_SECONDS * 1000).unref();
  return () => clearTimeout(timer);
}

/** Collects at its first call, and later when as much garbage has come together as is worth it. */
function createGarbageCollector({ usedBytes, collect }: OwnHeap): () => void {
  let livingBytes: Bytes = 0;
  return () => {
    if (usedBytes() < livingBytes + GARBAGE_BYTES) return;
    collect();
    livingBytes = usedBytes();
  };
}
