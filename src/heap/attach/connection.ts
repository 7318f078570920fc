// The DevTools protocol: requests with a number, answers with the same number. How the text travels is the transport's
// business: a WebSocket of this process, or of one in another network namespace.
// https://chromedevtools.github.io/devtools-protocol/
import { formatDuration, type Seconds } from '../../units/index.ts';
import { AttachError } from './errors.ts';

export interface Transport {
  send(text: string): void;
  close(): void;
  /** To be sent by whoever holds the connection when this process dies and cannot send it any more. */
  leaveLastWords(text: string): void;
}

export interface TransportEvents {
  readonly onText: (text: string) => void;
  /** Called once, whichever side ended it. */
  readonly onEnd: () => void;
}

/** Undefined where there is nothing to connect to. */
export type OpenTransport = (events: TransportEvents) => Promise<Transport | undefined>;

export type Answer =
  | { readonly kind: 'result'; readonly result: object }
  | { readonly kind: 'error'; readonly message: string };

export interface Connection {
  /** Throws INSPECTOR_LOST when the connection ends first, PROCESS_NO_ANSWER when nothing comes in time. */
  ask(method: string, params: object, timeoutSeconds: Seconds): Promise<Answer>;
  /** See Transport. */
  leaveLastWords(method: string, params: object): void;
  readonly ended: Promise<void>;
  close(): void;
}

export async function connect(openTransport: OpenTransport): Promise<Connection | undefined> {
  const requests = new Requests();
  const transport = await openTransport({ onText: requests.receive, onEnd: requests.end });
  if (!transport) return undefined;
  return {
    ask: (method, params, timeoutSeconds) =>
      requests.add(method, timeoutSeconds, (id) => transport.send(JSON.stringify({ id, method, params }))),
    leaveLastWords: (method, params) => transport.leaveLastWords(JSON.stringify({ id: 0, method, params })),
    ended: requests.ended,
    close: () => transport.close(),
  };
}

interface Message {
  readonly id?: number;
  readonly result?: object;
  readonly error?: { readonly message: string };
}

/** Those without an answer yet. */
class Requests {
  readonly #settle = new Map<number, (answer: Answer | undefined) => void>();
  readonly #ended = Promise.withResolvers<void>();
  #hasEnded = false;
  #lastId = 0;

  readonly ended: Promise<void> = this.#ended.promise;

  add(method: string, timeoutSeconds: Seconds, send: (id: number) => void): Promise<Answer> {
    if (this.#hasEnded) return Promise.reject(lost(method));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#settle.delete(id);
        reject(
          new AttachError(
            'PROCESS_NO_ANSWER',
            `no answer to ${method} within ${formatDuration(timeoutSeconds)}`,
          ),
        );
      }, timeoutSeconds * 1000);
      this.#settle.set(id, (answer) => {
        clearTimeout(timer);
        if (answer) resolve(answer);
        else reject(lost(method));
      });
      send(id);
    });
  }

  readonly receive = (text: string): void => {
    const { id, result, error } = JSON.parse(text) as Message;
    // An event has no number.
    const settle = id === undefined ? undefined : this.#settle.get(id);
    if (id === undefined || !settle) return;
    this.#settle.delete(id);
    settle(error ? { kind: 'error', message: error.message } : { kind: 'result', result: result ?? {} });
  };

  readonly end = (): void => {
    this.#hasEnded = true;
    for (const settle of this.#settle.values()) settle(undefined);
    this.#settle.clear();
    this.#ended.resolve();
  };
}

function lost(method: string): AttachError {
  return new AttachError('INSPECTOR_LOST', `the connection ended before ${method} was answered`);
}
