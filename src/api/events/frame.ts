// The text of server-sent events (HTML standard, section 9.2). JSON has no raw line break, so that `data:` is always one line.

/** How long a browser waits before it connects again. */
const RECONNECT_MS = 3000;

export type Frame = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

/** The start of every stream. */
export const OPENING = encoder.encode(`retry: ${RECONNECT_MS}\n\n`);

/** A comment: keeps proxies from closing a quiet stream and finds readers that are gone. */
export const HEARTBEAT = encoder.encode(': alive\n\n');

export function eventFrame(id: number, name: string, data: unknown): Frame {
  return encoder.encode(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}
