// The API's description of itself.
import type { Route } from '../route.ts';

export const OPENAPI_ROUTE: Route = {
  method: 'GET',
  path: '/api/openapi.json',
  summary: 'The OpenAPI document of all of these',
  answer: { kind: 'other', contentType: 'application/json', description: 'OpenAPI 3.1' },
  problems: [],
  respond: async (_, { openApi }) =>
    new Response(await openApi(), { headers: { 'content-type': 'application/json' } }),
};
