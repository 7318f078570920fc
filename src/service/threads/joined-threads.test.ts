import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createBoard } from '../../heap/index.ts';
import { createJoinedThreads } from './joined-threads.ts';

describe('threads that have joined', () => {
  it('are known with what they handed over, the newest of it, until they have ended', () => {
    const joined = createJoinedThreads();
    const boardMemory = createBoard().memory;
    joined.add({ type: 'joined', threadId: 3, name: '', boardMemory, oldSpaceLimitBytes: 48 });
    joined.add({ type: 'joined', threadId: 4, name: 'resize', boardMemory });
    assert.equal(joined.get(3)?.sampler, undefined);
    joined.add({
      type: 'joined',
      threadId: 3,
      name: '',
      boardMemory,
      oldSpaceLimitBytes: 48,
      sampler: { kind: 'foreign' },
    });
    assert.deepEqual([joined.get(3)?.sampler, joined.get(3)?.oldSpaceLimitBytes], [{ kind: 'foreign' }, 48]);
    assert.deepEqual(joined.ids(), [3, 4]);
    joined.keepOnly([3]);
    assert.ok(joined.get(3));
    assert.equal(joined.get(4), undefined);
  });
});
