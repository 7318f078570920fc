// Asks the API. The token, where one is needed, goes with every request and is kept for the tab alone.
import type { Envelope, Problem } from '../../../src/api/wire.ts';
import { type Cell, createCell } from '../state/cell.ts';
import type { Opening } from './opening.ts';
import { keepToken, withToken } from './token.ts';

/** An answer that is none: what the API says of it, or that it could not be reached. */
export class RequestError extends Error {
  readonly code: string;
  readonly problem: Problem | undefined;

  constructor(code: string, message: string, problem?: Problem) {
    super(message);
    this.code = code;
    this.problem = problem;
  }
}

export interface Client {
  /** The API asks for a token, or refused the one it was given. */
  readonly locked: Cell<boolean>;
  /** What is known of `path` as the page opens, without asking; once. */
  known<Data>(path: string): Data | undefined;
  /** `path` below `api/monitoring/`. Throws RequestError. */
  get<Data>(path: string, signal?: AbortSignal): Promise<Pick<Envelope<Data>, 'data'>>;
  send<Data>(method: 'POST' | 'PUT', path: string, body?: unknown): Promise<Envelope<Data>>;
  /** The answer as it comes: streams, files. Throws RequestError. */
  open(path: string, init?: RequestInit): Promise<Response>;
  unlock(token: string): void;
}

export interface ClientOptions {
  /** Where the page is: the API lies beside it. */
  readonly base: string;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly fetch: typeof fetch;
  readonly opening: Opening;
}

export function createClient({ base, storage, fetch, opening }: ClientOptions): Client {
  const locked = createCell(false);
  const root = new URL('api/monitoring/', base);

  const open: Client['open'] = async (path, init = {}) => {
    const headers = withToken(storage, init.headers);
    const response = await reach(() => fetch(new URL(path, root), { ...init, headers }));
    if (response.status === 401) locked.set(true);
    if (!response.ok) throw await refusal(response);
    return response;
  };

  return {
    locked,
    open,
    known: (path) => opening.take(path),
    get: async <Data>(path: string, signal?: AbortSignal) => {
      await opening.settled;
      const data = opening.take<Data>(path);
      if (data !== undefined) return { data };
      return (await open(path, signal ? { signal } : {})).json();
    },
    send: async (method, path, body) => {
      const init = body === undefined ? {} : { body: JSON.stringify(body), headers: JSON_BODY };
      return (await open(path, { method, ...init })).json();
    },
    unlock: (token) => {
      keepToken(storage, token);
      locked.set(false);
    },
  };
}

const JSON_BODY = { 'content-type': 'application/json' };

async function reach(request: () => Promise<Response>): Promise<Response> {
  try {
    return await request();
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw new RequestError('UNREACHABLE', 'The monitor does not answer. The page keeps trying.');
  }
}

async function refusal(response: Response): Promise<RequestError> {
  try {
    const problem = (await response.json()) as Problem;
    return new RequestError(problem.code, problem.detail || problem.title, problem);
  } catch {
    return new RequestError('UNREADABLE', `The monitor answered ${response.status} without a reason.`);
  }
}
