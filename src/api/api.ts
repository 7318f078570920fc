// The HTTP API as one web-standard handler, which any server can mount. It asks the monitor and computes nothing itself.
import { join } from 'node:path';
import type { Monitor } from '../monitor/monitor.ts';
import type { Seconds } from '../units/index.ts';
import { createEventHub, type EventHubLimits } from './events/hub.ts';
import { type AccessRules, carriesToken } from './http/security.ts';
import { once } from './once.ts';
import { listStaticFiles } from './page/files.ts';
import type { ApiContext } from './route.ts';
import { createRouter } from './router.ts';
import { METRICS_ROUTE } from './routes/metrics.ts';

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
  readonly eventLimits?: EventHubLimits | undefined;
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
  const events = createEventHub(monitor, options.eventLimits);
  const files = listStaticFiles(options.webRoot ?? BUILT_DASHBOARD);
  const { token } = options;
  const context: ApiContext = {
    monitor,
    now: options.now ?? (() => Date.now() / 1000),
    events,
    dashboard: files.get('/'),
    mayRead: (request) => token === undefined || carriesToken(request, token),
    ask: async (request) => app.fetch(request),
    openApi: once(() => openApi(monitor.status().version)),
  };
  const rules: AccessRules = {
    token,
    loopbackOnly: options.loopbackOnly ?? true,
    isStaticFile: (path) => path === '/' || files.has(path),
  };
  const app = createRouter({
    routes: [METRICS_ROUTE],
    loadRoutes: async () => (await import('./routes/index.ts')).ROUTES,
    context,
    rules,
    files,
    onFailure: options.onFailure ?? reportFailure,
  });
  return {
    fetch: async (request, env) => app.fetch(request, env as object | undefined),
    requiresToken: token !== undefined,
    close: () => events.close(),
  };
}

async function openApi(version: string): Promise<string> {
  const [{ openApiDocument }, { ROUTES }] = await Promise.all([
    import('./openapi.ts'),
    import('./routes/index.ts'),
  ]);
  return JSON.stringify(openApiDocument(ROUTES, version));
}

function reportFailure(error: unknown): void {
  console.error('plimsoll: [INTERNAL_ERROR] a request could not be answered:', error);
}
