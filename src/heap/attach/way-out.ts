// The way out, laid before anything else is done in the process: what closes the inspector again. It runs in the process
// itself, through the inspector, which interrupts JavaScript that is running; so it works while the event loop is wedged.
//
// Should this process die before it could use it, a timer over there notices and closes the inspector; where our pid means
// nothing over there (a container), the holder of the connection says it as its last words.
//
// The timer never closes while we live: closing waits for a client's goodbye, and a client that was stopped (SIGSTOP) would
// hold up the whole process.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Seconds } from '../../units/index.ts';
import type { Connection } from './connection.ts';
import { AttachError } from './errors.ts';
import { namespaceListeners } from './listeners.ts';
import type { OpenInspector } from './open-inspector.ts';
import { isAlive, type Target } from './target.ts';

/** How the inspector is left. */
export type InspectorLeft =
  | 'closed'
  /** It was open before. */
  | 'open-as-found'
  /** The main thread is in a blocking system call; it closes when that returns. */
  | 'closes-later';

export interface WayOut {
  /** Ends the connection too. Never throws; a second call answers as the first. */
  take(): Promise<InspectorLeft>;
}

const ANSWER_SECONDS: Seconds = 10;
const CLOSED_WITHIN_SECONDS: Seconds = 3;
const POLL_SECONDS: Seconds = 0.02;

// Node.js before 20.16 has no getBuiltinModule, and an ES module no require: the inspector's console has one.
const INSPECTOR = `(process.getBuiltinModule?.('inspector') ?? require('inspector'))`;

/**
 * Node.js answers SIGUSR1 twice: it interrupts the JavaScript that runs, and tells its event loop. A loop that was busy meanwhile
 * hears of it when it turns again, after we have gone, and would open the inspector once more.
 */
const CLOSE_FOR_GOOD = `((inspector) => {
  inspector.close();
  let turnsLeft = 2;
  const closeAgain = () => {
    if (inspector.url() !== undefined) inspector.close();
    turnsLeft -= 1;
    if (turnsLeft > 0) setImmediate(closeAgain);
  };
  setImmediate(closeAgain);
})`;
const CLOSE = `${CLOSE_FOR_GOOD}(${INSPECTOR})`;

/** An object with `close`, after which nothing of ours is left. */
const closerOf = (watchedPid: number | undefined): string => `(() => {
  const inspector = ${INSPECTOR};
  const watch = ${watchedPid === undefined ? 'undefined' : watchOf(watchedPid)};
  watch?.unref();
  return { close() { clearInterval(watch); ${CLOSE_FOR_GOOD}(inspector); } };
})()`;

const watchOf = (pid: number): string => `setInterval(() => {
    try { process.kill(${pid}, 0); } catch (error) {
      if (error.code === 'ESRCH') { clearInterval(watch); ${CLOSE_FOR_GOOD}(inspector); }
    }
  }, 1000)`;

/** `keep` leaves an inspector open that was open before. */
export function wayOut(target: Target, inspector: OpenInspector, keep: boolean): WayOut {
  const closer = keep ? undefined : layCloser(target, inspector.connection);
  let taken: Promise<InspectorLeft> | undefined;
  return {
    take() {
      taken ??= keep ? leaveOpen(inspector) : close(target, inspector, closer);
      return taken;
    },
  };
}

/** The closer's id over there; undefined when the process did not answer. */
async function layCloser({ sharesPids }: Target, connection: Connection): Promise<string | undefined> {
  connection.leaveLastWords('Runtime.evaluate', { expression: CLOSE, includeCommandLineAPI: true });
  try {
    const expression = closerOf(sharesPids ? process.pid : undefined);
    const answer = await connection.ask(
      'Runtime.evaluate',
      { expression, includeCommandLineAPI: true, silent: true },
      ANSWER_SECONDS,
    );
    return answer.kind === 'result' ? objectIdOf(answer.result) : undefined;
  } catch {
    return undefined;
  }
}

function objectIdOf(answer: { readonly result?: { readonly objectId?: string } }): string | undefined {
  return answer.result?.objectId;
}

async function leaveOpen({ connection }: OpenInspector): Promise<InspectorLeft> {
  connection.close();
  return 'open-as-found';
}

async function close(
  target: Target,
  { connection, listener }: OpenInspector,
  closer: Promise<string | undefined> | undefined,
): Promise<InspectorLeft> {
  const objectId = await closer;
  const asked =
    objectId === undefined
      ? connection.ask('Runtime.evaluate', { expression: CLOSE, includeCommandLineAPI: true }, ANSWER_SECONDS)
      : connection.ask(
          'Runtime.callFunctionOn',
          { objectId, functionDeclaration: 'function () { this.close(); }' },
          ANSWER_SECONDS,
        );
  // The connection usually ends before the answer.
  await asked.catch((error: unknown) => {
    if (!(error instanceof AttachError)) throw error;
  });
  connection.close();
  return (await isClosed(target, listener.inode)) ? 'closed' : 'closes-later';
}

async function isClosed(target: Target, inode: string): Promise<boolean> {
  const endMs = performance.now() + CLOSED_WITHIN_SECONDS * 1000;
  while (performance.now() < endMs) {
    const listeners = namespaceListeners(target.procRoot, target.pid);
    if (!listeners.some((listener) => listener.inode === inode) || !isAlive(target)) return true;
    await sleep(POLL_SECONDS * 1000);
  }
  return false;
}
