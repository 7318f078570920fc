// Talks to every worker thread of this process, nested ones included, from a thread of our own: through the inspector of the main
// thread, which hands messages on to the inspectors of its workers. V8 interrupts JavaScript for it, so neither the main thread's
// event loop nor the worker's is needed: both may be in a busy loop or in Atomics.wait. A thread in a blocking system call
// answers when that returns.
//
// https://chromedevtools.github.io/devtools-protocol/ has no NodeWorker; Node.js describes it in src/inspector/node_protocol.pdl.
import { Session } from 'node:inspector';
import type { Seconds } from '../../units/index.ts';
import { givenName } from './given-name.ts';

export interface AttachedThread {
  readonly threadId: number;
  /** As its creator named it; empty where it did not. */
  readonly name: string;
  /** Of the file that it runs; empty for code that came as a string. */
  readonly url: string;
  /** Asks the thread's own inspector. */
  ask(method: string, timeoutSeconds: Seconds): Promise<ThreadAnswer>;
}

export type ThreadAnswer =
  | { readonly kind: 'answered'; readonly result: object }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'no-answer' };

const NO_ANSWER: ThreadAnswer = { kind: 'no-answer' };

interface ThreadInfo {
  readonly sessionId: string;
  readonly workerInfo: { readonly title: string; readonly url: string };
}

/**
 * Attaches to all worker threads, lets `talk` ask them, and leaves again. Undefined when the main thread did not answer within
 * `timeoutSeconds`. Only in a worker thread, which is among the threads itself.
 */
export async function withAttachedThreads<T>(
  timeoutSeconds: Seconds,
  talk: (threads: readonly AttachedThread[]) => Promise<T>,
): Promise<T | undefined> {
  const session = new Session();
  session.connectToMainThread();
  try {
    const threads = await attach(session, timeoutSeconds);
    return threads && (await talk(threads));
  } finally {
    // A session that is open when the process exits makes Node.js say so on stderr.
    session.disconnect();
  }
}

async function attach(session: Session, timeoutSeconds: Seconds): Promise<AttachedThread[] | undefined> {
  const infos: ThreadInfo[] = [];
  const collect = ({ params }: { params: unknown }): void => {
    infos.push(params as ThreadInfo);
  };
  session.on('NodeWorker.attachedToWorker', collect);
  const enabled = await new Promise<boolean>((resolve) => {
    // It also keeps this thread alive: a pending post does not.
    const timer = setTimeout(resolve, timeoutSeconds * 1000, false);
    session.post('NodeWorker.enable', { waitForDebuggerOnStart: false }, (error) => {
      clearTimeout(timer);
      resolve(error === null);
    });
  });
  const dialogue = openDialogue(session);
  return enabled ? infos.flatMap((info) => attachedThread(info, dialogue) ?? []) : undefined;
}

/** As Node.js writes it for debuggers: `[worker 3] resize`. */
const TITLE = /^\[worker (\d+)\]\s?(.*)$/s;

function attachedThread(
  { sessionId, workerInfo }: ThreadInfo,
  dialogue: Dialogue,
): AttachedThread | undefined {
  const [, id, name = ''] = TITLE.exec(workerInfo.title) ?? [];
  return id === undefined
    ? undefined
    : {
        threadId: Number(id),
        name: givenName(name),
        url: workerInfo.url,
        ask: (method, timeoutSeconds) => dialogue(sessionId, method, timeoutSeconds),
      };
}

type Dialogue = (sessionId: string, method: string, timeoutSeconds: Seconds) => Promise<ThreadAnswer>;

/** Requests to all threads share one row of numbers, so that an answer finds its question whoever it came from. */
function openDialogue(session: Session): Dialogue {
  const open = new Map<number, (answer: ThreadAnswer) => void>();
  let lastId = 0;
  session.on('NodeWorker.receivedMessageFromWorker', ({ params }) => {
    const message = JSON.parse(params.message) as {
      id?: number;
      result?: object;
      error?: { message: string };
    };
    const { id = 0, result = {}, error } = message;
    open.get(id)?.(error ? { kind: 'refused', reason: error.message } : { kind: 'answered', result });
  });
  return (sessionId, method, timeoutSeconds) => {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve) => {
      const finish = (answer: ThreadAnswer): void => {
        clearTimeout(timer);
        open.delete(id);
        resolve(answer);
      };
      const timer = setTimeout(finish, timeoutSeconds * 1000, NO_ANSWER);
      open.set(id, finish);
      // Refused here: the thread has ended since.
      session.post(
        'NodeWorker.sendMessageToWorker',
        { sessionId, message: JSON.stringify({ id, method }) },
        (error) => {
          if (error) finish(NO_ANSWER);
        },
      );
    });
  };
}
