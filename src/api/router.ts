// From the route table to a router: the guards before every route, the routes, the dashboard's files, and a problem for
// everything else.
//
// A service that nobody looks at is only scraped. So all routes but the scrape's are loaded when one of them is first asked for:
// with the schemas of their inputs and answers they come to 10 MiB, which every monitored process would hold.
import { Hono } from 'hono';
import { announcesTooMuch } from './http/body.ts';
import { type AccessRules, refuseAccess, SECURITY_HEADERS } from './http/security.ts';
import { once } from './once.ts';
import { type StaticFile, staticResponse } from './page/files.ts';
import { problemResponse, type Refusal } from './problems.ts';
import type { ApiContext, Route } from './route.ts';

export interface RouterParts {
  /** Answered from the start. */
  readonly routes: readonly Route[];
  /** All of them, loaded when something else is asked for. */
  readonly loadRoutes: () => Promise<readonly Route[]>;
  readonly context: ApiContext;
  readonly rules: AccessRules;
  /** The dashboard's files by their paths. */
  readonly files: ReadonlyMap<string, StaticFile>;
  /** Told of what a client sees as INTERNAL_ERROR. */
  readonly onFailure: (error: unknown) => void;
}

export function createRouter({ routes, loadRoutes, context, rules, files, onFailure }: RouterParts): Hono {
  const app = answering(onFailure);
  guard(app, rules);
  register(app, routes, context);
  registerFiles(app, files);
  const rest = once(async () => {
    const loaded = answering(onFailure);
    register(loaded, await loadRoutes(), context);
    return loaded;
  });
  app.all('*', async (c) => (await rest()).fetch(c.req.raw, c.env));
  return app;
}

function answering(onFailure: (error: unknown) => void): Hono {
  const app = new Hono();
  app.notFound(() => problemResponse({ refusal: 'NOT_FOUND' }));
  app.onError((error) => {
    onFailure(error);
    return problemResponse({ refusal: 'INTERNAL_ERROR' });
  });
  return app;
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
    app.on(route.method, patternOf(route), (c) =>
      route.respond({ request: c.req.raw, params: c.req.param(), query: c.req.query() }, context),
    );
  }
  // Registered after all of them, so that it sees only what none of them took.
  for (const [path, same] of Map.groupBy(routes, patternOf)) {
    const allow = same.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
    app.all(path, () => problemResponse({ refusal: 'METHOD_NOT_ALLOWED', headers: { allow } }));
  }
}

function patternOf({ path, pattern = path }: Route): string {
  return pattern;
}

function registerFiles(app: Hono, files: ReadonlyMap<string, StaticFile>): void {
  app.get('*', async (c, next) => {
    const file = files.get(c.req.path);
    return file ? staticResponse(c.req.raw, file) : next();
  });
}
