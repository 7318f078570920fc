// Gives memory back that starting up took. Loading modules fills V8's young generation, which then keeps its size: a process
// that idles from there on holds twice what it needs. V8's collection of last resort shrinks it.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

/**
 * Blocks the calling thread for a few tens of milliseconds, and no other: for threads of our own, never for an application's.
 */
export function giveMemoryBack(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect;
  setFlagsFromString('--no-expose-gc');
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
