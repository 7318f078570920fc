// Slow requests of the application's own HTTP servers, with no change to its code: Node.js announces the start and the end of
// every request on two diagnostics channels.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { SlowEndpoint } from '../monitor/monitor.ts';
import type { Seconds } from '../units/index.ts';

const STARTED = 'http.server.request.start';
const FINISHED = 'http.server.response.finish';

/** Longer paths are cut: they are for reading, and a path can be as long as a header may be. */
const MAX_PATH_LENGTH = 500;

export interface RequestWatch {
  /** Requests finished so far, slow or not. */
  total(): number;
  stop(): void;
}

export interface RequestWatchOptions {
  readonly thresholdSeconds: () => Seconds;
  readonly wallSeconds: () => Seconds;
  readonly onSlow: (endpoint: SlowEndpoint) => void;
}

interface Exchange {
  readonly request: WatchedRequest;
  readonly response: ServerResponse;
  readonly socket: WatchedSocket;
}

/** A request that is being answered. */
interface Begun {
  /** Absent when it has been. */
  request: IncomingMessage | undefined;
  atMs: number;
  /** Kept from the start: routers rewrite `request.url` on the way. */
  url: string;
}

/** On the objects themselves: a WeakMap of them costs the collector 5 % of a small service's time. */
const BEGUN = Symbol('plimsoll.begun');

type WatchedRequest = IncomingMessage & { [BEGUN]?: Begun };
type WatchedSocket = Socket & { [BEGUN]?: Begun };

export function watchRequests(options: RequestWatchOptions): RequestWatch {
  let total = 0;
  const started = (message: unknown): void => begin(message as Exchange, nowMs());
  const finished = (message: unknown): void => {
    const { request, response, socket } = message as Exchange;
    const begun = begunOf(request, socket);
    if (!begun) return;
    begun.request = undefined;
    total += 1;
    const durationSeconds = (nowMs() - begun.atMs) / 1000;
    if (durationSeconds < options.thresholdSeconds()) return;
    options.onSlow({
      atSeconds: options.wallSeconds(),
      method: request.method ?? '',
      path: pathOf(begun.url),
      durationSeconds,
      statusCode: response.statusCode,
    });
  };
  subscribe(STARTED, started);
  subscribe(FINISHED, finished);
  return {
    total: () => total,
    stop: () => {
      unsubscribe(STARTED, started);
      unsubscribe(FINISHED, finished);
    },
  };
}

/**
 * Connections stay and requests come and go, so a connection keeps the one that it is answering, in the same object every time.
 * Those that a client sent ahead, before the answer, keep themselves, and so does what another monitor's watch has there already.
 */
function begin({ request, socket }: Exchange, atMs: number): void {
  const url = request.url ?? '';
  const last = socket[BEGUN];
  if (last === undefined) socket[BEGUN] = { request, atMs, url };
  else if (last.request !== undefined) request[BEGUN] = { request, atMs, url };
  else {
    last.request = request;
    last.atMs = atMs;
    last.url = url;
  }
}

/** Undefined for one that began before the watch did. */
function begunOf(request: WatchedRequest, socket: WatchedSocket): Begun | undefined {
  const last = socket[BEGUN];
  return last?.request === request ? last : request[BEGUN];
}

/** Without the query string, which may carry secrets. */
function pathOf(url: string): string {
  return (url.split('?', 1)[0] ?? '').slice(0, MAX_PATH_LENGTH);
}

/** Not imported: a module that imports node:process opens stdin and stdout before the application does. */
const { hrtime } = process;

/** Of an arbitrary start. `performance.now()` looks itself up and checks itself at every call, which costs as much as the rest here. */
function nowMs(): number {
  const [seconds, nanoseconds] = hrtime();
  return 1000 * seconds + nanoseconds / 1e6;
}
