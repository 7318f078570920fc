import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ByteSampler } from './byte-sampler.ts';
import { BufferLedger } from './ledger.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const SIZE = 100_000;
const HERE = [{ functionName: 'keep', file: '/srv/app.ts', line: 7, column: 3 }];

function bench() {
  const sampler = new ByteSampler({ random: Math.random, monotonicSeconds: () => 0 });
  const ledger = new BufferLedger({ sampler, callerFrames: () => HERE });
  /** Of the one site there is; undefined when nothing has changed. */
  const change = () => {
    const [first] = ledger.takeChanges();
    return first && { bytes: first.bytes, count: first.count };
  };
  return { ledger, change };
}

describe('the ledger', () => {
  it('counts memory once, by whatever it is seen', () => {
    const { ledger, change } = bench();
    const bytes = new Uint8Array(SIZE);
    ledger.note(bytes, SIZE);
    ledger.note(bytes.buffer, SIZE);
    ledger.note(new ArrayBuffer(SIZE), SIZE);
    assert.deepEqual(change(), { bytes: 2 * SIZE, count: 2 });
    assert.equal(bytes.length, SIZE);
  });

  it('lets go of what V8 has collected', async () => {
    const { ledger, change } = bench();
    const kept = new ArrayBuffer(SIZE);
    ledger.note(kept, SIZE);
    for (let i = 0; i < 9; i += 1) ledger.note(new ArrayBuffer(SIZE), SIZE);
    assert.deepEqual(change(), { bytes: 10 * SIZE, count: 10 });
    await sleep(0);
    collect();
    await sleep(50);
    assert.deepEqual(change(), { bytes: SIZE, count: 1 });
    assert.equal(kept.byteLength, SIZE);
  });

  it('follows memory that moves, and forgets what leaves', async () => {
    const { ledger, change } = bench();
    const memory = new ArrayBuffer(SIZE) as ArrayBuffer & { transfer(bytes: number): ArrayBuffer };
    ledger.note(memory, SIZE);
    const moved = memory.transfer(2 * SIZE);
    ledger.move(memory, moved);
    assert.deepEqual(change(), { bytes: 2 * SIZE, count: 1 });
    ledger.leave(memory);
    assert.equal(change(), undefined, 'nothing is left of the old one');
    ledger.leave(moved);
    assert.deepEqual(change(), { bytes: 0, count: 0 });
    collect();
    await sleep(50);
    assert.equal(change(), undefined);
  });

  it('follows memory that is resized, which Node.js leaves out of its sum', () => {
    const { ledger, change } = bench();
    const memory = new ArrayBuffer(SIZE, { maxByteLength: 10 * SIZE } as never) as ArrayBuffer & {
      resize(bytes: number): void;
    };
    ledger.note(memory, SIZE);
    assert.equal(ledger.resizableBytes, SIZE);
    memory.resize(3 * SIZE);
    ledger.resized(memory);
    assert.deepEqual(change(), { bytes: 3 * SIZE, count: 1 });
    assert.equal(ledger.resizableBytes, 3 * SIZE);
    ledger.leave(memory);
    assert.equal(ledger.resizableBytes, 0);
  });

  it('fails without the allocation that it is told of', () => {
    const sampler = new ByteSampler({ random: Math.random, monotonicSeconds: () => 0 });
    const ledger = new BufferLedger({
      sampler,
      callerFrames: () => {
        throw new RangeError('Maximum call stack size exceeded');
      },
    });
    ledger.note(new ArrayBuffer(SIZE), SIZE);
    assert.deepEqual(ledger.takeChanges(), []);
  });

  it('records nothing after its end', () => {
    const { ledger, change } = bench();
    ledger.close();
    ledger.note(new ArrayBuffer(SIZE), SIZE);
    assert.equal(change(), undefined);
  });
});
