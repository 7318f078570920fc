// Somebody who has just started the agent opens its page. The first answers of a process take several times as long as the
// next ones: modules are loaded, functions compiled, statements prepared, pages of the store read. So what the page asks for is
// asked once beforehand, over the very way that a browser's questions take.
import { nodeHttp } from './http/node-http.ts';

/** What the first view asks, as the page writes it: a test holds the two together. */
export const OPENING_QUESTIONS: readonly string[] = [
  'status',
  'detailed-metrics',
  'alerts?hours=720&limit=200',
  'trends?hours=1',
  'memory-leaks',
  'processes?limit=12',
  'hotspots',
  'history/columns?last=3600&metric=memory_percent%2Cswap_percent%2Cpressure_some_percent%2Cpressure_full_percent%2Ccgroup_working_set%2Cown_rss%2Cheap_used&points=1000',
  'marks?last=3600',
];

/** Never rejects: what cannot be asked now is only slower later. */
export async function warmUp(url: string, token: string | undefined): Promise<void> {
  const batch = new URLSearchParams(OPENING_QUESTIONS.map((question): [string, string] => ['get', question]));
  await visit(new URL('/', url), token);
  await visit(new URL(`/api/monitoring/batch?${batch.toString()}`, url), token);
}

function visit(url: URL, token: string | undefined): Promise<void> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return new Promise((resolve) => {
    const request = nodeHttp.get(url, { agent: false, headers }, (response) =>
      response.resume().on('close', resolve),
    );
    request.on('error', () => resolve());
  });
}
