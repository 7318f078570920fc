// The API on a port of its own. A client that is slow, large or one of too many costs a bounded amount and is then let go.
import { once as happened } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Api } from './api.ts';
import { listenerError, toListenerError } from './errors.ts';
import { isLoopback } from './http/loopback.ts';
import { nodeHttp } from './http/node-http.ts';
import { once } from './once.ts';
import { type ProblemCode, problemBody } from './problems.ts';

export interface ListenerLimits {
  /** Bound on the arrival of the headers, and of the whole request. */
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** How long a connection may wait for its next request, … */
  readonly keepAliveTimeoutMs: number;
  /** … and be silent in any state: longer than the event stream's heartbeat. */
  readonly idleTimeoutMs: number;
  readonly maxHeaderBytes: number;
  /** A scraper, some dashboards, some probes. */
  readonly maxConnections: number;
  /** What a stop leaves to answers that are under way. */
  readonly stopGraceMs: number;
}

export const LISTENER_LIMITS: ListenerLimits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 20_000,
  keepAliveTimeoutMs: 10_000,
  idleTimeoutMs: 60_000,
  maxHeaderBytes: 16 * 1024,
  maxConnections: 256,
  stopGraceMs: 1000,
};

export interface ListenerOptions {
  readonly api: Api;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly limits?: Partial<ListenerLimits>;
}

export interface Listener {
  readonly url: string;
  readonly port: number;
  /** Ends the event streams, lets answers under way finish for a moment, and closes every connection. */
  stop(): Promise<void>;
}

/**
 * @throws CodedError TOKEN_REQUIRED, PORT_IN_USE, ADDRESS_UNAVAILABLE, PORT_NOT_PERMITTED or LISTEN_FAILED.
 */
export async function startListener({ api, host, port, limits }: ListenerOptions): Promise<Listener> {
  const address = authority(host, port);
  if (!api.requiresToken && !isLoopback(host)) throw listenerError('TOKEN_REQUIRED', address);
  const bounds = { ...LISTENER_LIMITS, ...limits };
  const server = createBoundedServer(api, bounds);
  await listen(server, host, port).catch((error: NodeJS.ErrnoException) => {
    throw toListenerError(error, address);
  });
  const { port: bound } = server.address() as AddressInfo;
  let stopped: Promise<void> | undefined;
  return {
    url: `http://${authority(reachable(host), bound)}`,
    port: bound,
    stop: () => {
      stopped ??= stopServer(server, api, bounds.stopGraceMs);
      return stopped;
    },
  };
}

function createBoundedServer(api: Api, limits: ListenerLimits): Server {
  const handler = once(async () => (await import('./http/web-handler.ts')).createWebHandler(api));
  const server = nodeHttp.createServer(
    {
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      keepAliveTimeout: limits.keepAliveTimeoutMs,
      connectionsCheckingInterval: Math.min(1000, limits.headersTimeoutMs),
      maxHeaderSize: limits.maxHeaderBytes,
      // The handler refuses a request without a Host header itself, as a problem.
      requireHostHeader: false,
    },
    (incoming, outgoing) =>
      // Where an update has replaced the package's files meanwhile, the handler cannot be loaded; the monitor goes on.
      void handler().then(
        (handle) => handle(incoming, outgoing),
        () => endWith(incoming.socket, 'INTERNAL_ERROR'),
      ),
  );
  server.timeout = limits.idleTimeoutMs;
  server.maxConnections = limits.maxConnections;
  server.on('clientError', refuseSocket);
  return server;
}

const PARSE_FAILURES: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

/** For bytes that are no request: there is a socket to answer on, and no response object. */
function refuseSocket(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  endWith(socket, PARSE_FAILURES[error.code ?? ''] ?? 'INVALID_REQUEST');
}

function endWith(socket: Socket, refusal: ProblemCode): void {
  const { title, ...rest } = problemBody({ refusal });
  const body = JSON.stringify({ title, ...rest });
  socket.end(
    `HTTP/1.1 ${rest.status} ${title}\r\nConnection: close\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen({ host, port });
  await happened(server, 'listening');
}

const SWEEP_MS = 20;

async function stopServer(server: Server, api: Api, graceMs: number): Promise<void> {
  const closed = happened(server, 'close');
  api.close();
  server.close();
  // Node closes what is idle now; a connection whose answer ends later would wait for its keep-alive to pass.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}

/** The name under which a listener on every address can be reached from here. */
function reachable(host: string): string {
  return ['0.0.0.0', '::', ''].includes(host) ? 'localhost' : host;
}

function authority(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
