// Whatever is asked, the answer is a success or a problem with a code: never a 500, never a bare error.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createApi } from '../../src/api/api.ts';
import { PROBLEMS } from '../../src/api/problems.ts';
import { ROUTES } from '../../src/api/routes/index.ts';
import { problem } from '../../src/api/schemas/index.ts';
import { createFakeMonitor, NOW_SECONDS } from './fake-monitor.ts';

const failures: unknown[] = [];
const api = createApi(createFakeMonitor(), {
  now: () => NOW_SECONDS,
  webRoot: '/nonexistent',
  onFailure: (error) => failures.push(error),
});
const codes = new Set<string>(PROBLEMS.map(({ code }) => code));

async function checkAnswer(request: Request): Promise<void> {
  const response = await api.fetch(request);
  const text = await response.text();
  assert.deepEqual(failures, []);
  if (response.status < 400) return;
  assert.ok(response.status < 500, `${request.method} ${request.url}: ${response.status} ${text}`);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  if (request.method !== 'HEAD') assert.ok(codes.has(problem.parse(JSON.parse(text)).code));
}

// The event stream answers for as long as it is read: it has tests of its own.
const paths = ROUTES.map(({ path }) => path).filter((path) => !path.endsWith('/events'));
const segment = fc.oneof(
  fc.constantFrom(
    'api',
    'monitoring',
    'processes',
    '..',
    '%2e%2e',
    '%',
    '%zz',
    ':pid',
    '*',
    '4211',
    '0',
    '-1',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }).map((text) => encodeURIComponent(text.toWellFormed())),
);
const path = fc.oneof(
  fc
    .constantFrom(...paths)
    .chain((known) => segment.map((value) => known.replace(':pid', value.replaceAll('/', '')))),
  fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`),
);
const name = fc.constantFrom(
  'hours',
  'metric',
  'from',
  'to',
  'points',
  'sort',
  'limit',
  'name',
  'smaps',
  'x',
  '__proto__',
);
const value = fc.oneof(
  fc.constantFrom(
    '0',
    '-0',
    '1e3',
    '24',
    'NaN',
    'true',
    'rss',
    'memory_percent,rss',
    '2026-03-01T00:00:00Z',
    '9'.repeat(400),
  ),
  fc.string({ maxLength: 20 }),
);
const query = fc
  .array(fc.tuple(name, value), { maxLength: 4 })
  .map((pairs) => pairs.map(([key, text]) => `${key}=${encodeURIComponent(text.toWellFormed())}`).join('&'));
const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS');
const headers = fc.dictionary(
  fc.constantFrom(
    'origin',
    'authorization',
    'accept',
    'content-type',
    'if-none-match',
    'last-event-id',
    'content-length',
  ),
  fc.stringMatching(/^[\x20-\x7e]{0,20}$/),
  { maxKeys: 3 },
);

function toUrl(path: string, query: string): string | undefined {
  return URL.parse(`http://localhost${path.replaceAll(/[?#\\]/g, '_')}?${query}`)?.href;
}

describe('any request', () => {
  it('is answered or refused with a code', async () => {
    await fc.assert(
      fc.asyncProperty(path, query, method, headers, async (path, query, method, headers) => {
        const url = toUrl(path, query);
        fc.pre(url !== undefined && new URL(url).hostname === 'localhost');
        await checkAnswer(new Request(url, { method, headers }));
      }),
      { numRuns: 1500 },
    );
  });

  it('may carry any body', async () => {
    const target = fc.constantFrom('/api/monitoring/settings', '/api/monitoring/thresholds');
    const key = fc.constantFrom(
      'memory_threshold',
      'MEMORY_THRESHOLD',
      'port',
      'low_notification_routes',
      '__proto__',
      'constructor',
    );
    const body = fc.oneof(
      fc.json(),
      fc.string(),
      fc.dictionary(fc.oneof(key, fc.string()), fc.jsonValue()).map((object) => JSON.stringify(object)),
      fc.uint8Array({ maxLength: 64 }).map((bytes) => bytes as Uint8Array<ArrayBuffer>),
    );
    await fc.assert(
      fc.asyncProperty(target, body, async (target, body) => {
        await checkAnswer(new Request(`http://localhost${target}`, { method: 'PUT', body }));
      }),
      { numRuns: 1000 },
    );
  });
});
