// A transport to an inspector in another network namespace, that of a container: its loopback is not ours. A small process is
// started over there by nsenter (util-linux), which root may do, and passes the text on.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import type { Transport, TransportEvents } from './connection.ts';
import { AttachError } from './errors.ts';

export type ToRelay =
  | { readonly kind: 'text' | 'last-words'; readonly text: string }
  | { readonly kind: 'close' };
export type FromRelay = { readonly kind: 'open' } | { readonly kind: 'text'; readonly text: string };

const RELAY = new URL(`./namespace-relay.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url)
  .pathname;

/** Throws INSPECTOR_UNREACHABLE where the namespace cannot be entered. */
export async function checkNamespace(namespacePath: string): Promise<void> {
  try {
    await promisify(execFile)('nsenter', [`--net=${namespacePath}`, process.execPath, '--version']);
  } catch (error) {
    const { code, stderr, message } = error as Error & { code?: unknown; stderr?: string };
    throw unreachable(code === 'ENOENT' ? 'nsenter is not installed' : firstLine(stderr || message), error);
  }
}

/** Undefined when no inspector listens there. Throws INSPECTOR_UNREACHABLE where the namespace cannot be entered. */
export function openNamespaceTransport(
  namespacePath: string,
  host: string,
  events: TransportEvents,
): Promise<Transport | undefined> {
  const relay = spawn('nsenter', [`--net=${namespacePath}`, process.execPath, RELAY, host], {
    // Of a terminal's Ctrl-C only this process hears, and closes in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    const problem = collectText(relay);
    let isOpen = false;
    relay.on('error', (cause) => reject(unreachable(cause.message, cause)));
    relay.on('close', (code) => {
      if (isOpen) events.onEnd();
      else if (code === 0) resolve(undefined);
      else reject(unreachable(firstLine(problem())));
    });
    relay.on('message', (message: FromRelay) => {
      if (message.kind === 'text') events.onText(message.text);
      else {
        isOpen = true;
        resolve(transportOver(relay));
      }
    });
  });
}

function transportOver(relay: ChildProcess): Transport {
  const tell = (message: ToRelay): void => {
    if (relay.connected) relay.send(message);
  };
  return {
    send: (text) => tell({ kind: 'text', text }),
    close: () => tell({ kind: 'close' }),
    leaveLastWords: (text) => tell({ kind: 'last-words', text }),
  };
}

function collectText({ stderr }: ChildProcess): () => string {
  let text = '';
  stderr?.setEncoding('utf8').on('data', (part: string) => {
    text = (text + part).slice(0, 1000);
  });
  return () => text;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function unreachable(reason: string, cause?: unknown): AttachError {
  return new AttachError(
    'INSPECTOR_UNREACHABLE',
    `the process is in another network namespace (a container's), which cannot be entered: ${reason}`,
    { cause },
  );
}
