import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CLASSES, makeTrace } from './classes.ts';

describe('generated traces', () => {
  it('are the same from the same seed, and others from another', () => {
    const rss = (seed: number) => [...(makeTrace(seed, 'lin_slow', 3).trace.rss ?? [])];
    assert.deepEqual(rss(5), rss(5));
    assert.notDeepEqual(rss(5), rss(6));
  });

  it('are of at least thirty classes, leaking and not, and hold only sizes', () => {
    const names = Object.keys(CLASSES);
    assert.ok(names.length >= 30);
    for (const name of names) {
      const { trace, leak, onsetSeconds } = makeTrace(9, name, 0);
      const columns = [trace.heapUsedAfterGc, trace.heapUsed, trace.rss].filter(
        (column) => column !== undefined,
      );
      assert.ok(columns.length > 0, name);
      for (const column of columns) {
        assert.equal(column.length, trace.t.length);
        assert.ok(
          column.every((bytes) => Number.isFinite(bytes) && bytes > 0),
          name,
        );
      }
      assert.ok(onsetSeconds === 0 || (leak && onsetSeconds < (trace.t.at(-1) ?? 0)), name);
    }
  });
});
