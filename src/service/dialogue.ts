// Questions to the monitor's thread and their answers. While one is open the thread is held, so that `await` gets its answer;
// otherwise nothing keeps the process alive.
import type { Worker } from 'node:worker_threads';
import { CodedError } from '../model/index.ts';
import type { Question, Questions, ToMain, ToWorker } from './messages.ts';

/** Holds the process open while at least one thing waits for the thread. */
export interface Hold {
  during<T>(waiting: Promise<T>): Promise<T>;
}

export function createHold(worker: Pick<Worker, 'ref' | 'unref'>): Hold {
  let waiting = 0;
  return {
    async during(promise) {
      waiting += 1;
      worker.ref();
      try {
        return await promise;
      } finally {
        waiting -= 1;
        if (waiting === 0) worker.unref();
      }
    },
  };
}

export interface Dialogue {
  ask<Q extends Question>(question: Q, asked: Questions[Q]['asked']): Promise<Questions[Q]['answered']>;
  /** Takes an answer off the thread's messages; true when it was one. */
  settle(message: ToMain): boolean;
  /** The thread is gone: every open question is refused. */
  abandon(reason: Error): void;
}

interface Open {
  readonly resolve: (answered: never) => void;
  readonly reject: (error: Error) => void;
}

export function openDialogue(worker: Worker, hold: Hold): Dialogue {
  const open = new Map<number, Open>();
  let lastId = 0;
  let gone: Error | undefined;
  const close = (id: number): Open | undefined => {
    const question = open.get(id);
    open.delete(id);
    return question;
  };
  return {
    ask(question, asked) {
      if (gone) return Promise.reject(gone);
      lastId += 1;
      const message = { type: 'ask', id: lastId, question, asked } satisfies ToWorker;
      const answer = new Promise<never>((resolve, reject) => {
        open.set(message.id, { resolve, reject });
        worker.postMessage(message);
      });
      return hold.during(answer);
    },
    settle(message) {
      if (message.type === 'answer') close(message.id)?.resolve(message.answered as never);
      else if (message.type === 'refusal')
        close(message.id)?.reject(new CodedError(message.code, message.message, message.remedy));
      else return false;
      return true;
    },
    abandon(reason) {
      gone = reason;
      for (const { reject } of open.values()) reject(reason);
      open.clear();
    },
  };
}
