// What a browser gets at `/`: the built dashboard where there is one, else the status page.
import { type StaticFile, staticResponse } from '../page/files.ts';
import { statusPage } from '../page/status-page.ts';
import { PAGE_POLICY } from '../page/style.ts';
import type { Route } from '../route.ts';

const PAGE = { kind: 'other', contentType: 'text/html', description: 'The page' } as const;

/** `mayRead` tells whether a request may see data: the page itself is open to everyone. */
export function pageRoute(index: StaticFile | undefined, mayRead: (request: Request) => boolean): Route {
  return {
    method: 'GET',
    path: '/',
    summary: 'The dashboard, for people',
    answer: PAGE,
    problems: [],
    respond: async ({ request }, { monitor }) =>
      index
        ? staticResponse(request, index)
        : new Response(statusPage(monitor, mayRead(request)), {
            headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY },
          }),
  };
}
