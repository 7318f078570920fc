// Asks the API. The token, where one is needed, goes with every request and is kept for the tab alone.
import type { Envelope, Problem } from '../../../src/api/wire.ts';
import { type Cell, createCell } from '../state/cell.ts';

const TOKEN_KEY = 'plimsoll-token';

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
  /** `path` below `api/monitoring/`. Throws RequestError. */
  get<Data>(path: string, signal?: AbortSignal): Promise<Envelope<Data>>;
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
}

export function createClient({ base, storage, fetch }: ClientOptions): Client {
  const locked = createCell(false);
  const root = new URL('api/monitoring/', base);

  const open: Client['open'] = async (path, init = {}) => {
    const headers = new Headers(init.headers);
    const token = storage.getItem(TOKEN_KEY);
    if (token) headers.set('authorization', `Bearer ${token}`);
    const response = await reach(() => fetch(new URL(path, root), { ...init, headers }));
    if (response.status === 401) locked.set(true);
    if (!response.ok) throw await refusal(response);
    return response;
  };

  return {
    locked,
    open,
    get: async (path, signal) => (await open(path, signal ? { signal } : {})).json(),
    send: async (method, path, body) => {
      const init = body === undefined ? {} : { body: JSON.stringify(body), headers: JSON_BODY };
      return (await open(path, { method, ...init })).json();
    },
    unlock: (token) => {
      storage.setItem(TOKEN_KEY, token);
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
