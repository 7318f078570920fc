import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { withEmittersApart } from './emitters-apart.ts';

type Kept = Record<string | symbol, unknown>;

const initialiser = (): unknown => (EventEmitter as unknown as { init: unknown }).init;

/** Names and values of what an emitter keeps; the names alone where a value is an object. */
const keptBy = (emitter: object): unknown[] =>
  Reflect.ownKeys(emitter).map((key) => {
    const value = (emitter as Kept)[key];
    return [key, typeof value === 'object' ? Reflect.ownKeys(value ?? {}) : value];
  });

describe('emitters apart', () => {
  it('are initialised by another function, and only they', () => {
    const before = initialiser();
    const during = withEmittersApart(initialiser);
    assert.notEqual(during, before);
    assert.equal(initialiser(), before);
    assert.throws(() => withEmittersApart(() => assert.fail('made nothing')), /made nothing/);
    assert.equal(initialiser(), before);
  });

  it('keep what Node.js itself would have them keep', () => {
    class Kind extends EventEmitter {}
    for (const create of [() => new EventEmitter(), () => new Kind(), () => new Readable()])
      assert.deepEqual(keptBy(withEmittersApart(create)), keptBy(create()));
  });

  it('tell their listeners, and forget them', () => {
    const emitter = withEmittersApart(() => new EventEmitter());
    const told: unknown[] = [];
    const listener = (value: unknown): unknown => told.push(value);
    emitter.on('a', listener).once('b', listener);
    assert.deepEqual([emitter.emit('a', 1), emitter.emit('b', 2), emitter.emit('b', 3)], [true, true, false]);
    emitter.off('a', listener);
    assert.deepEqual([emitter.emit('a', 4), emitter.eventNames(), told], [false, [], [1, 2]]);
  });

  it('serve a worker thread', async () => {
    const worker = withEmittersApart(
      () => new Worker('console.log("said");', { eval: true, stdout: true, stderr: true }),
    );
    const [code] = (await once(worker, 'exit')) as [number];
    assert.deepEqual([code, String(worker.stdout.read())], [0, 'said\n']);
  });
});
