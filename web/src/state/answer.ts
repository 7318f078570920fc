// An answer of the API, kept up to date: asked for again after a reconnection, and every so often. What was known stays on
// the screen while it is asked for, and when it cannot be had.
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Client, RequestError } from '../connection/client.ts';
import { useCell } from './cell.ts';
import { useDashboard } from './dashboard.tsx';

export interface Answer<Data> {
  readonly data?: Data;
  /** Of the newest attempt. */
  readonly error?: RequestError;
  /** Of the path that `data` answers. */
  readonly path?: string;
  readonly refresh: () => void;
}

export interface AnswerOptions {
  /** Asked for again this often; never by itself when absent. */
  readonly everySeconds?: number | undefined;
  /** Asked for again whenever it changes. */
  readonly when?: unknown;
}

type Known<Data> = Omit<Answer<Data>, 'refresh'>;

/** `path` below `api/monitoring/`; nothing is asked for while it is undefined. */
export function useAnswer<Data>(
  path: string | undefined,
  { everySeconds, when }: AnswerOptions = {},
): Answer<Data> {
  const { client, live } = useDashboard();
  const locked = useCell(client.locked);
  const epoch = useCell(live.epoch);
  const [known, setKnown] = useState<Known<Data>>(() => knownAtFirst<Data>(client, path));
  const isKnown = useRef(known.path !== undefined);
  const [asked, setAsked] = useState(0);

  useEffect(() => {
    if (path === undefined || locked) return;
    const stop = new AbortController();
    const ask = async () => {
      const next = await attempt(() => client.get<Data>(path, stop.signal));
      if (stop.signal.aborted) return;
      if ('error' in next) setKnown((before) => ({ ...before, error: next.error }));
      else setKnown({ data: next.data, path });
    };
    if (!isKnown.current) void ask();
    isKnown.current = false;
    const timer = everySeconds ? setInterval(ask, everySeconds * 1000) : undefined;
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [client, path, everySeconds, when, locked, epoch, asked]);

  return { ...known, refresh: () => setAsked((count) => count + 1) };
}

function knownAtFirst<Data>(client: Client, path: string | undefined): Known<Data> {
  if (path === undefined) return {};
  const data = client.known<Data>(path);
  return data === undefined ? {} : { data, path };
}

/** The data or why there is none. */
export async function attempt<Data>(
  request: () => Promise<{ readonly data: Data }>,
): Promise<{ readonly data: Data } | { readonly error: RequestError }> {
  try {
    return { data: (await request()).data };
  } catch (error) {
    return { error: error instanceof RequestError ? error : new RequestError('FAILED', String(error)) };
  }
}
