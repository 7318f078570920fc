// The agent's own heap: it reads itself on its own thread.
import { readThisThreadsHeap, watchGc } from '../heap/index.ts';
import type { Seconds } from '../units/index.ts';
import type { HeapSource } from './parts.ts';

export function createOwnHeap(
  wallSeconds: () => Seconds,
  onMajorCollection?: () => void,
): HeapSource & { stop(): void } {
  const gc = watchGc(wallSeconds, onMajorCollection);
  return { read: async () => readThisThreadsHeap(wallSeconds(), gc.read()), stop: gc.stop };
}
