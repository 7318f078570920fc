import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { getHeapStatistics } from 'node:v8';
import { giveMemoryBack } from './give-back.ts';

describe('giving memory back', () => {
  it('shrinks the heap after garbage has grown it, and leaves no gc() behind', () => {
    let garbage: unknown[] = [];
    for (let i = 0; i < 500_000; i += 1) garbage.push({ i });
    garbage = [];
    const before = getHeapStatistics().total_heap_size;
    giveMemoryBack();
    const after = getHeapStatistics().total_heap_size;
    assert.ok(after < before * 0.7, `${before} → ${after}, ${garbage.length}`);
    assert.equal('gc' in globalThis, false);
  });
});
