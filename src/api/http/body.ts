// A request's body, read up to a bound: a client that sends more is refused before more is held.
import type { Refusal } from '../problems.ts';

/** Every body this API takes is a handful of settings. */
export const MAX_BODY_BYTES = 64 * 1024;

/** Whether the client says itself that it sends too much. */
export function announcesTooMuch(request: Request): boolean {
  return Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES;
}

/** The parsed JSON of the body, undefined for an empty one, or why there is none. */
export async function readJson(request: Request): Promise<{ readonly json: unknown } | Refusal> {
  const read = await readBounded(request);
  if ('refusal' in read) return read;
  if (read.bytes.length === 0) return { json: undefined };
  try {
    return { json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(read.bytes)) };
  } catch {
    return { refusal: 'INVALID_JSON' };
  }
}

async function readBounded(request: Request): Promise<{ readonly bytes: Uint8Array } | Refusal> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > MAX_BODY_BYTES) return { refusal: 'BODY_TOO_LARGE' };
      chunks.push(chunk);
    }
  } catch {
    // The client went away, or was let go because it was too slow.
    return { refusal: 'INVALID_REQUEST', reason: 'The body did not arrive whole' };
  }
  return { bytes: Buffer.concat(chunks) };
}
