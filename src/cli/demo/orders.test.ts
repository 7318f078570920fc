import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openOrderBook } from './orders.ts';

describe('the order book of the demonstration', () => {
  it('keeps every order until the heap is at the ceiling, and none after', () => {
    let heapUsedBytes = 0;
    const book = openOrderBook(100, () => heapUsedBytes);
    assert.deepEqual([book.take('a'), book.take('b')], [1, 2]);
    heapUsedBytes = 100;
    assert.deepEqual([book.take('c'), book.take('d')], [2, 2]);
  });
});
