// Collections at a time of our choosing. Left alone, V8 may not collect the old generation of a small heap for minutes, and until
// it does nobody can tell what leaks from what is garbage.
import { Session } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Asks for one major collection of the main thread, which comes at its next turn and pauses it for about 1 ms for each MB that
 * lives. Answers when it has come. Only in a worker thread.
 */
export function collectMainThread(): Promise<void> {
  const session = new Session();
  session.connectToMainThread();
  return new Promise((resolve) => {
    session.post('HeapProfiler.collectGarbage', () => {
      // A session that is open when the process exits makes Node.js say so on stderr.
      session.disconnect();
      resolve();
    });
  });
}

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'regular' }) => void;

/** Collects the garbage of the calling thread, whatever that is. */
export function openOwnCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect;
  setFlagsFromString('--no-expose-gc');
  return () => collect({ type: 'major', execution: 'sync', flavor: 'regular' });
}
