// One POST to one address, and what to make of the answer. Whatever the receiver does (refuse, hang, stream for ever, close in
// the middle, redirect) ends in a result within the timeout. Redirects are not followed: they would carry the notification
// to a host that nobody has configured.
import type { Seconds } from '../../units/index.ts';
import { type Address, redact } from './address.ts';
import { parseRetryAfter } from './retry-after.ts';

export type AttemptResult =
  | { readonly kind: 'delivered'; readonly detail: string }
  /** Trying again would change nothing. */
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'failed'; readonly detail: string; readonly retryAfterSeconds?: Seconds };

export interface AttemptOptions {
  readonly timeoutSeconds: Seconds;
  readonly nowSeconds: () => Seconds;
  /** Gives the attempt up at once. */
  readonly stop: AbortSignal;
}

/** Read of an answer that is no success, to tell the operator why: enough for a sentence. */
const ANSWER_BYTES = 512;
const ANSWER_CHARACTERS = 200;

const REQUEST_TIMEOUT = 408;
const TOO_EARLY = 425;
const TOO_MANY_REQUESTS = 429;

export async function attempt(
  address: Address,
  body: string,
  { timeoutSeconds, nowSeconds, stop }: AttemptOptions,
): Promise<AttemptResult> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), timeoutSeconds * 1000);
  const abort = () => deadline.abort();
  stop.addEventListener('abort', abort, { once: true });
  try {
    return await judge(await post(address, body, deadline.signal), address, nowSeconds());
  } catch (error) {
    if (stop.aborted) return { kind: 'refused', detail: 'the monitor stopped' };
    const detail = deadline.signal.aborted ? `no answer within ${timeoutSeconds} s` : describe(error);
    return { kind: 'failed', detail };
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', abort);
  }
}

function post({ url, authorization }: Address, body: string, signal: AbortSignal): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'plimsoll',
      ...(authorization !== undefined && { authorization }),
    },
    body,
    redirect: 'manual',
    signal,
  });
}

async function judge(response: Response, address: Address, nowSeconds: Seconds): Promise<AttemptResult> {
  const { status, headers } = response;
  if (response.ok) {
    await discard(response);
    return { kind: 'delivered', detail: `HTTP ${status}` };
  }
  if (status >= 300 && status < 400) {
    await discard(response);
    return { kind: 'refused', detail: redirected(response, address) };
  }
  const detail = withAnswer(`HTTP ${status}`, redact(await readStart(response), address));
  if (!isPassing(status)) return { kind: 'refused', detail };
  const retryAfterSeconds = parseRetryAfter(headers.get('retry-after'), nowSeconds);
  return { kind: 'failed', detail, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}

const isPassing = (status: number): boolean =>
  status >= 500 || status === REQUEST_TIMEOUT || status === TOO_EARLY || status === TOO_MANY_REQUESTS;

function redirected({ status, headers }: Response, { url }: Address): string {
  const location = headers.get('location') ?? '';
  const target = URL.canParse(location, url) ? ` to ${new URL(location, url).host}` : '';
  return `HTTP ${status}: redirects${target} are not followed; set the final address`;
}

const withAnswer = (status: string, answer: string): string =>
  answer === '' ? status : `${status}: ${answer}`;

/** An answer's body may have no end: it is never read to it. */
async function discard(response: Response): Promise<void> {
  // A connection that broke after the status was read changes nothing about the status.
  await response.body?.cancel().catch(() => {});
}

async function readStart(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size >= ANSWER_BYTES) break;
    }
  } catch {
    // The status was read: an answer that breaks off, or comes too slowly, only shortens the explanation.
  }
  return oneLine(new TextDecoder().decode(Buffer.concat(chunks).subarray(0, ANSWER_BYTES)));
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, ANSWER_CHARACTERS);
}

/** Only the error's code: its message may repeat the address. */
function describe(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z0-9_]+$/.test(code) ? `could not be reached (${code})` : 'could not be reached';
}
