// What the page needs to open, asked for in one request before the rest of the page has run: the answers come while the browser
// compiles and draws, and the first picture is whole.
import type { Envelope } from '../../../src/api/wire.ts';
import { readRoute } from '../navigation/route.ts';
import { openingQuestions } from './questions.ts';
import { withToken } from './token.ts';

export interface Opening {
  /** The answer to `path`, once: it ages. Undefined where it was not asked for, is not there, or was no success. */
  take<Data>(path: string): Data | undefined;
  /** When the answers are there or cannot be had; never rejects. */
  readonly settled: Promise<void>;
}

/** Later than this the answers tell of a past. */
const FRESH_MS = 5000;

interface Answered {
  readonly path: string;
  readonly status: number;
  readonly body: Envelope<unknown>;
}

export function askOpening(window: Window & typeof globalThis): Opening {
  const answers = new Map<string, unknown>();
  const settled = ask(window).then((answered) => {
    for (const { path, status, body } of answered) if (status === 200) answers.set(path, body.data);
  });
  return {
    settled,
    take: <Data>(path: string) => {
      const data = performance.now() < FRESH_MS ? answers.get(path) : undefined;
      answers.delete(path);
      return data as Data | undefined;
    },
  };
}

async function ask({
  document,
  location,
  sessionStorage,
  fetch,
}: Window & typeof globalThis): Promise<readonly Answered[]> {
  const query = new URLSearchParams();
  for (const path of openingQuestions(readRoute(location.hash))) query.append('get', path);
  const address = new URL(`api/monitoring/batch?${query.toString()}`, document.baseURI);
  try {
    const response = await fetch(address, { headers: withToken(sessionStorage) });
    if (!response.ok) return [];
    return ((await response.json()) as Envelope<readonly Answered[]>).data;
  } catch {
    // Every view asks again for what it lacks, and says what is wrong.
    return [];
  }
}
