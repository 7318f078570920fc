// From a request of node:http to the API's web-standard handler and back. It is loaded when the first request comes: it needs
// Request and Response, and they need Node.js' HTTP client.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Api } from '../api.ts';
import { problemResponse } from '../problems.ts';

export type WebHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

export function createWebHandler(api: Api): WebHandler {
  return getRequestListener((request, env) => api.fetch(request, env), {
    overrideGlobalObjects: false,
    errorHandler: refuseRequest,
  });
}

/** For a request of which no Request could be made: no Host header, or one that is no host. */
function refuseRequest(error: unknown): Response {
  return problemResponse({ refusal: error instanceof RequestError ? 'INVALID_REQUEST' : 'INTERNAL_ERROR' });
}
