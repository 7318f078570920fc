// A WebSocket to an inspector that listens on this machine: asks over HTTP for the name of the process's own page, then opens
// it at the same place.
import type { Seconds } from '../../units/index.ts';
import type { Transport, TransportEvents } from './connection.ts';

const ANSWER_SECONDS: Seconds = 5;

/** `host` as `127.0.0.1:9229`. Undefined when what listens there is no inspector of Node.js, or does not answer. */
export async function openInspectorSocket(
  host: string,
  events: TransportEvents,
): Promise<Transport | undefined> {
  const page = await pageName(host);
  return page === undefined ? undefined : openSocket(`ws://${host}/${page}`, events);
}

/** Whatever may answer there instead of an inspector is not followed anywhere else. */
async function pageName(host: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(ANSWER_SECONDS * 1000);
    const response = await fetch(`http://${host}/json/list`, { signal, redirect: 'error' });
    const pages = (await response.json()) as readonly { type?: unknown; id?: unknown }[];
    const own = pages.find(({ type }) => type === 'node');
    return typeof own?.id === 'string' ? own.id : undefined;
  } catch {
    return undefined;
  }
}

function openSocket(url: string, { onText, onEnd }: TransportEvents): Promise<Transport | undefined> {
  const socket = new WebSocket(url);
  const transport: Transport = {
    send: (text) => socket.send(text),
    close: () => socket.close(),
    // A socket dies with its process.
    leaveLastWords: () => {},
  };
  return new Promise((resolve) => {
    socket.onmessage = ({ data }) => onText(String(data));
    socket.onopen = () => {
      socket.onclose = onEnd;
      resolve(transport);
    };
    socket.onclose = () => resolve(undefined);
  });
}
