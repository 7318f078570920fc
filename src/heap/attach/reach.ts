// Connects to an inspector wherever it listens: on this process's own loopback, or on that of another network namespace.
import { join } from 'node:path';
import { type Connection, connect } from './connection.ts';
import { openInspectorSocket } from './inspector-socket.ts';
import type { Listener } from './listeners.ts';
import { checkNamespace, openNamespaceTransport } from './namespace-transport.ts';
import type { Target } from './target.ts';

export interface Reached {
  readonly connection: Connection;
  readonly listener: Listener;
}

/** Throws INSPECTOR_UNREACHABLE where no connection to the target can be made. */
export async function checkReachable(target: Target): Promise<void> {
  if (!target.sharesNetwork) await checkNamespace(networkOf(target));
}

/** The first of `listeners` that is an inspector; undefined where none is. */
export async function connectToFirst(
  target: Target,
  listeners: readonly Listener[],
): Promise<Reached | undefined> {
  for (const listener of listeners) {
    const connection = await connectTo(target, listener);
    if (connection) return { connection, listener };
  }
  return undefined;
}

const ANY_ADDRESS: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' };

function connectTo(target: Target, { address, port }: Listener): Promise<Connection | undefined> {
  const host = `${ANY_ADDRESS[address] ?? address}:${port}`;
  return connect((events) =>
    target.sharesNetwork
      ? openInspectorSocket(host, events)
      : openNamespaceTransport(networkOf(target), host, events),
  );
}

function networkOf({ procRoot, pid }: Target): string {
  return join(procRoot, String(pid), 'ns', 'net');
}
