import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Connection, connect, type TransportEvents } from './connection.ts';

interface Fake {
  readonly connection: Connection;
  readonly events: TransportEvents;
  readonly sent: string[];
  readonly lastWords: string[];
}

async function open(): Promise<Fake> {
  const sent: string[] = [];
  const lastWords: string[] = [];
  let kept: TransportEvents | undefined;
  const connection = await connect(async (events) => {
    kept = events;
    return {
      send: (text) => void sent.push(text),
      close: () => events.onEnd(),
      leaveLastWords: (text) => void lastWords.push(text),
    };
  });
  assert.ok(connection && kept);
  return { connection, events: kept, sent, lastWords };
}

describe('a connection to an inspector', () => {
  it('gives each request its own answer, in whatever order they come', async () => {
    const { connection, events, sent } = await open();
    const first = connection.ask('A.a', { x: 1 }, 5);
    const second = connection.ask('B.b', {}, 5);
    assert.deepEqual(sent, [
      '{"id":1,"method":"A.a","params":{"x":1}}',
      '{"id":2,"method":"B.b","params":{}}',
    ]);
    events.onText('{"method":"Runtime.consoleAPICalled","params":{}}');
    events.onText('{"id":2,"error":{"code":-32000,"message":"no"}}');
    events.onText('{"id":1,"result":{"y":2}}');
    events.onText('{"id":1,"result":{"y":3}}');
    assert.deepEqual(await first, { kind: 'result', result: { y: 2 } });
    assert.deepEqual(await second, { kind: 'error', message: 'no' });
  });

  it('ends every wait when it ends', async () => {
    const { connection } = await open();
    const asked = connection.ask('A.a', {}, 5);
    connection.close();
    await assert.rejects(asked, { code: 'INSPECTOR_LOST' });
    await assert.rejects(connection.ask('B.b', {}, 5), { code: 'INSPECTOR_LOST' });
    await connection.ended;
  });

  it('gives up on an answer that does not come', async () => {
    const { connection, events } = await open();
    await assert.rejects(connection.ask('A.a', {}, 0.01), { code: 'PROCESS_NO_ANSWER' });
    events.onText('{"id":1,"result":{}}');
  });

  it('leaves its last words with the transport', async () => {
    const { connection, lastWords } = await open();
    connection.leaveLastWords('A.a', { x: 1 });
    assert.deepEqual(lastWords, ['{"id":0,"method":"A.a","params":{"x":1}}']);
  });

  it('is none where nothing listens', async () => {
    assert.equal(await connect(async () => undefined), undefined);
  });
});
