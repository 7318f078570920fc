// Slow requests of the application's own HTTP servers, with no change to its code: Node.js announces the start and the end of
// every request on two diagnostics channels.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
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
}

interface Begun {
  readonly atMs: number;
  /** Kept from the start: routers rewrite `request.url` on the way. */
  readonly url: string;
}

/** On the request itself: a WeakMap of them costs the collector 5 % of a small service's time. */
const BEGUN = Symbol('plimsoll.begun');

type WatchedRequest = IncomingMessage & { [BEGUN]?: Begun };

export function watchRequests(options: RequestWatchOptions): RequestWatch {
  let total = 0;
  const started = (message: unknown): void => {
    const { request } = message as Exchange;
    request[BEGUN] = { atMs: performance.now(), url: request.url ?? '' };
  };
  const finished = (message: unknown): void => {
    const { request, response } = message as Exchange;
    const start = request[BEGUN];
    if (!start) return;
    total += 1;
    const durationSeconds = (performance.now() - start.atMs) / 1000;
    if (durationSeconds < options.thresholdSeconds()) return;
    options.onSlow({
      atSeconds: options.wallSeconds(),
      method: request.method ?? '',
      path: pathOf(start.url),
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

/** Without the query string, which may carry secrets. */
function pathOf(url: string): string {
  return (url.split('?', 1)[0] ?? '').slice(0, MAX_PATH_LENGTH);
}
