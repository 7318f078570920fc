import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BufferReport } from '../../heap/index.ts';
import { createBuffersByThread } from './thread-buffers.ts';

const frames = [{ functionName: 'keep', file: '/app.js', line: 3, column: 5 }];

function report(first: boolean, bytes: number): BufferReport {
  const changes = [{ id: 1, bytes, count: 1, ...(first && { frames }) }];
  return { first, atSeconds: 9, totalBytes: bytes, intervalBytes: 64, changes };
}

describe('the buffers of worker threads', () => {
  it('are those that the thread has told of, until it has ended', () => {
    const threads = createBuffersByThread();
    threads.take(3, report(true, 100));
    threads.take(4, report(true, 200));
    threads.take(3, report(false, 150));
    assert.deepEqual(threads.reading(3)?.sites, [{ frames, bytes: 150, count: 1 }]);
    assert.equal(threads.reading(4)?.totalBytes, 200);
    threads.keepOnly([4]);
    assert.equal(threads.reading(3), undefined);
    assert.ok(threads.reading(4));
  });

  it('are not guessed from a later report alone', () => {
    const threads = createBuffersByThread();
    threads.take(3, report(false, 100));
    assert.equal(threads.reading(3), undefined);
  });
});
