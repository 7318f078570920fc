// What a browser gets at `/`: the built dashboard where there is one, else the status page.
import { staticResponse } from '../page/files.ts';
import { statusPage } from '../page/status-page.ts';
import { PAGE_POLICY } from '../page/style.ts';
import type { Route } from '../route.ts';

const HEADERS = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY };

export const PAGE_ROUTE: Route = {
  method: 'GET',
  path: '/',
  summary: 'The dashboard, for people',
  answer: { kind: 'other', contentType: 'text/html', description: 'the page' },
  problems: [],
  respond: async ({ request }, { monitor, dashboard, mayRead }) =>
    dashboard
      ? staticResponse(request, dashboard)
      : new Response(statusPage(monitor, mayRead(request)), { headers: HEADERS }),
};
