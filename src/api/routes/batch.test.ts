import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFakeMonitor } from '../../../test/api/fake-monitor.ts';
import { createApi } from '../api.ts';

const api = createApi(createFakeMonitor(), { token: 'sesame', webRoot: '/nonexistent' });

async function ask(paths: readonly string[], token = 'sesame') {
  const query = new URLSearchParams(paths.map((path): [string, string] => ['get', path]));
  const response = await api.fetch(
    new Request(`http://localhost/api/monitoring/batch?${query.toString()}`, {
      headers: { authorization: `Bearer ${token}` },
    }),
  );
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

interface Answer {
  readonly path: string;
  readonly status: number;
  readonly body: { readonly success?: boolean; readonly code?: string };
}

describe('several questions at once', () => {
  it('are answered in their order, each as it would be alone', async () => {
    const { status, body } = await ask(['trends?hours=48', 'nowhere', 'processes/4211', 'trends?hours=x']);
    const answers = body.data as Answer[];
    assert.equal(status, 200);
    assert.deepEqual(
      answers.map(({ path, status: each }) => [path, each]),
      [
        ['trends?hours=48', 200],
        ['nowhere', 404],
        ['processes/4211', 200],
        ['trends?hours=x', 400],
      ],
    );
    assert.equal(answers[0]?.body.success, true);
    assert.equal(answers[3]?.body.code, 'INVALID_PARAMETER');
  });

  it('lead nowhere but to JSON below the API', async () => {
    for (const path of [
      '',
      '/status',
      '//elsewhere/x',
      'http://elsewhere/',
      '../../metrics',
      '%2e%2e/metrics',
      'events',
      'events?x',
      '%65vents',
      'batch?get=status',
      'snapshots/x.pprof',
    ])
      assert.equal((await ask([path])).body.code, 'INVALID_PARAMETER', path);
  });

  it('are bounded in number, and need the token', async () => {
    assert.equal((await ask(Array.from({ length: 17 }, () => 'status'))).status, 400);
    assert.equal((await ask([])).status, 400);
    assert.equal((await ask(['status'], 'wrong')).status, 401);
  });
});
