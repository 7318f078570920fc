import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createFakeMonitor } from '../../test/api/fake-monitor.ts';
import { createApi } from './api.ts';
import { type Listener, startListener } from './listener.ts';
import { OPENING_QUESTIONS, warmUp } from './warm-up.ts';

describe('warming up', () => {
  const monitor = createFakeMonitor();
  const asked: string[] = [];
  let listener: Listener;

  before(async () => {
    const api = createApi(monitor, { token: 'sesame' });
    const fetch: typeof api.fetch = async (request, env) => {
      const response = await api.fetch(request, env);
      asked.push(`${response.status} ${new URL(request.url).pathname}`);
      return response;
    };
    listener = await startListener({ api: { ...api, fetch }, host: '127.0.0.1', port: 0 });
  });
  after(() => listener.stop());

  it('asks for the page and all that it asks for, with the token', async () => {
    await warmUp(listener.url, 'sesame');
    assert.deepEqual(asked, ['200 /', '200 /api/monitoring/batch']);
  });

  it('asks for nothing that would be refused', async () => {
    for (const question of OPENING_QUESTIONS) {
      const headers = { authorization: 'Bearer sesame' };
      const response = await fetch(new URL(`api/monitoring/${question}`, listener.url), { headers });
      assert.equal(response.status, 200, question);
      await response.body?.cancel();
    }
  });

  it('bears a listener that is gone', async () => {
    await warmUp('http://127.0.0.1:1', undefined);
  });
});
