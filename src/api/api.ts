// The HTTP API as one web-standard handler, which any server can mount. It asks the monitor and computes nothing itself.
import { join } from 'node:path';
import { Hono } from 'hono';
import type { Monitor } from '../monitor/monitor.ts';
import type { Seconds } from '../units/index.ts';
import { createEventHub, EVENT_HUB_LIMITS, type EventHubLimits } from './events/hub.ts';
import { announcesTooMuch } from './http/body.ts';
import { type AccessRules, carriesToken, refuseAccess, SECURITY_HEADERS } from './http/security.ts';
import { openApiDocument } from './openapi.ts';
import { listStaticFiles, type StaticFile, staticResponse } from './page/files.ts';
import { problemResponse, type Refusal } from './problems.ts';
import type { ApiContext, Route } from './route.ts';
import { eventRoute } from './routes/events.ts';
import { MONITOR_ROUTES } from './routes/index.ts';
import { pageRoute } from './routes/page.ts';

export interface ApiOptions {
  /** Bearer token that every request but the probes' and the page's must carry. */
  readonly token?: string | undefined;
  /**
   * Without a token, answer only requests whose Host header names this machine: the guard against DNS rebinding. True unless
   * it is said otherwise; say otherwise when another server mounts the handler and does its own checks.
   */
  readonly loopbackOnly?: boolean;
  readonly now?: () => Seconds;
  /** Folder of the built dashboard. */
  readonly webRoot?: string;
  readonly eventLimits?: EventHubLimits;
  /** Told of every failure that a client saw as INTERNAL_ERROR. */
  readonly onFailure?: (error: unknown) => void;
}

export interface Api {
  /** Never rejects. `env` is whatever the server around it hands on. */
  fetch(request: Request, env?: unknown): Promise<Response>;
  /** Whether it asks for a token: without one it must not be served beyond loopback. */
  readonly requiresToken: boolean;
  /** Ends the event streams, and opens none any more. */
  close(): void;
}

/** `dist/web`, from `dist/api` and from `src/api`. */
const BUILT_DASHBOARD = join(import.meta.dirname, '..', '..', 'dist', 'web');

export function createApi(monitor: Monitor, options: ApiOptions = {}): Api {
  const hub = createEventHub(monitor, options.eventLimits ?? EVENT_HUB_LIMITS);
  const files = listStaticFiles(options.webRoot ?? BUILT_DASHBOARD);
  const context: ApiContext = { monitor, now: options.now ?? (() => Date.now() / 1000) };
  const { token } = options;
  const rules: AccessRules = {
    token,
    loopbackOnly: options.loopbackOnly ?? true,
    isStaticFile: (path) => path === '/' || files.has(path),
  };
  const mayRead = (request: Request) => token === undefined || carriesToken(request, token);
  const routes = withOpenApi(monitor, [
    ...MONITOR_ROUTES,
    eventRoute(hub),
    pageRoute(files.get('/'), mayRead),
  ]);

  const app = new Hono();
  guard(app, rules);
  register(app, routes, context);
  registerFiles(app, files);
  app.notFound(() => problemResponse({ refusal: 'NOT_FOUND' }));
  app.onError((error) => {
    (options.onFailure ?? reportFailure)(error);
    return problemResponse({ refusal: 'INTERNAL_ERROR' });
  });
  return {
    fetch: async (request, env) => app.fetch(request, env as object | undefined),
    requiresToken: token !== undefined,
    close: () => hub.close(),
  };
}

function reportFailure(error: unknown): void {
  console.error('plimsoll: [INTERNAL_ERROR] a request could not be answered:', error);
}

/** The document describes itself too. It is made when it is first asked for. */
function withOpenApi(monitor: Monitor, routes: readonly Route[]): readonly Route[] {
  let document: string | undefined;
  const own: Route = {
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This document',
    answer: { kind: 'other', contentType: 'application/json', description: 'OpenAPI 3.1' },
    problems: [],
    respond: async () => {
      document ??= JSON.stringify(openApiDocument(all, monitor.status().version));
      return new Response(document, { headers: { 'content-type': 'application/json' } });
    },
  };
  const all = [...routes, own];
  return all;
}

/** Checks that come before any route, and headers that go with every answer. */
function guard(app: Hono, rules: AccessRules): void {
  app.use(async (c, next) => {
    const refusal = refuseEarly(c.req.raw, rules);
    if (refusal) c.res = problemResponse(refusal);
    else await next();
    for (const [name, value] of Object.entries({ ...SECURITY_HEADERS, 'cache-control': 'no-store' })) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    }
  });
}

function refuseEarly(request: Request, rules: AccessRules): Refusal | undefined {
  return (
    refuseAccess(request, rules) ?? (announcesTooMuch(request) ? { refusal: 'BODY_TOO_LARGE' } : undefined)
  );
}

function register(app: Hono, routes: readonly Route[], context: ApiContext): void {
  for (const route of routes) {
    app.on(route.method, route.path, (c) =>
      route.respond({ request: c.req.raw, params: c.req.param(), query: c.req.query() }, context),
    );
  }
  // Registered after all of them, so that it sees only what none of them took.
  for (const [path, same] of Map.groupBy(routes, ({ path }) => path)) {
    const allow = same.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
    app.all(path, () => problemResponse({ refusal: 'METHOD_NOT_ALLOWED', headers: { allow } }));
  }
}

function registerFiles(app: Hono, files: ReadonlyMap<string, StaticFile>): void {
  app.get('*', async (c, next) => {
    const file = files.get(c.req.path);
    return file ? staticResponse(c.req.raw, file) : next();
  });
}
