import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import type { HeapSample } from '../model/index.ts';
import { createBoard, openBoard } from './board.ts';

const size = fc.maxSafeNat();
const kind = fc.record(
  { count: size, seconds: fc.double({ min: 0, max: 1e6, noNaN: true }) },
  { noNullPrototype: true },
);
const heapSample: fc.Arbitrary<HeapSample> = fc.record(
  {
    atSeconds: fc.double({ min: 1, max: 4e9, noNaN: true }),
    usedBytes: size,
    totalBytes: size,
    limitBytes: size,
    externalBytes: size,
    arrayBuffersBytes: size,
    oldSpaceBytes: size,
    floorBytes: size,
    floorAtSeconds: fc.double({ min: 1, max: 4e9, noNaN: true }),
    gc: fc.record({ minor: kind, major: kind, incremental: kind, weakcb: kind }, { noNullPrototype: true }),
    ageSeconds: fc.constant(0),
  },
  {
    noNullPrototype: true,
    requiredKeys: [
      'atSeconds',
      'usedBytes',
      'totalBytes',
      'limitBytes',
      'externalBytes',
      'arrayBuffersBytes',
      'gc',
      'ageSeconds',
    ],
  },
);

describe('the board between two threads', () => {
  it('is empty until it is written', () => {
    assert.equal(createBoard().read(0), undefined);
  });

  it('gives back what was written, absent fields included', () => {
    fc.assert(
      fc.property(heapSample, fc.nat(), (sample, requests) => {
        const board = createBoard();
        board.write(sample, requests);
        assert.deepEqual(openBoard(board.memory).read(sample.atSeconds), {
          heap: sample,
          requestsTotal: requests,
        });
      }),
    );
  });

  it('tells how old the figures are', () => {
    const board = createBoard();
    const none = { count: 0, seconds: 0 };
    board.write(
      {
        atSeconds: 100,
        usedBytes: 1,
        totalBytes: 2,
        limitBytes: 3,
        externalBytes: 4,
        arrayBuffersBytes: 5,
        gc: { minor: none, major: none, incremental: none, weakcb: none },
        ageSeconds: 0,
      },
      0,
    );
    assert.equal(board.read(107.5)?.heap.ageSeconds, 7.5);
    assert.equal(board.read(99)?.heap.ageSeconds, 0, 'a clock that jumped back');
  });

  it('never shows half a write', async () => {
    const board = createBoard();
    // Every field of one write has the same number, so a torn read shows as two different ones.
    const writer = new Worker(
      `const { workerData } = require('node:worker_threads');
       const counter = new Int32Array(workerData, 0, 1);
       const numbers = new Float64Array(workerData, 8);
       for (let n = 1; n < 300000; n += 1) {
         Atomics.add(counter, 0, 1);
         for (let i = 0; i < numbers.length; i += 1) numbers[i] = n;
         Atomics.add(counter, 0, 1);
       }`,
      { eval: true, workerData: board.memory },
    );
    let reads = 0;
    let running = true;
    writer.on('exit', () => {
      running = false;
    });
    while (running) {
      for (let i = 0; i < 1000; i += 1) {
        const reading = board.read(0);
        if (!reading) continue;
        reads += 1;
        const { heap, requestsTotal } = reading;
        assert.equal(heap.usedBytes, heap.atSeconds);
        assert.equal(requestsTotal, heap.atSeconds);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.ok(reads > 0);
  });
});
