import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AttachedThread, ThreadAnswer } from '../../heap/index.ts';
import type { ThreadHeap } from '../../model/index.ts';
import type { ThreadInvitation } from './invitation.ts';
import { createSilentThreads } from './silent-threads.ts';
import { sampleOf } from './thread-reading.ts';

const INVITATION = { wish: new SharedArrayBuffer(64) } as unknown as ThreadInvitation;

const thread = (answer: ThreadAnswer): AttachedThread => ({
  threadId: 3,
  name: 'resize',
  url: '',
  ask: async () => answer,
});

const ANSWER: ThreadAnswer = { kind: 'answered', result: { usedSize: 30e6, totalSize: 40e6 } };

describe('the heap of a worker thread', () => {
  it('is kept, and grows old, while the thread does not answer', async () => {
    const silent = createSilentThreads();
    const read = async (answer: ThreadAnswer, seenHeap: ThreadHeap | undefined, atSeconds: number) => {
      const known = { joined: undefined, silent, sites: undefined, buffers: undefined, seenHeap };
      return (await sampleOf(thread(answer), known, INVITATION, atSeconds)).heap;
    };
    assert.equal(await read({ kind: 'no-answer' }, undefined, 0), undefined);
    const seen = await read(ANSWER, undefined, 100);
    assert.deepEqual([seen?.usedBytes, seen?.ageSeconds], [30e6, 0]);
    const kept = await read({ kind: 'no-answer' }, seen, 103);
    assert.deepEqual([kept?.usedBytes, kept?.totalBytes, kept?.ageSeconds], [30e6, 40e6, 3]);
    assert.equal((await read(ANSWER, kept, 110))?.ageSeconds, 10, 'left in peace for a minute');
  });
});
