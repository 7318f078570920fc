import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSamplingWish, readSamplingWish, wishSampling } from './sampling-wish.ts';

describe('the wish to sample worker threads', () => {
  it('is none at first', () => {
    assert.deepEqual(readSamplingWish(createSamplingWish()), { generation: 0 });
  });

  it('follows the main thread, and tells a start over from no change', () => {
    const wish = createSamplingWish();
    const native = {
      kind: 'native',
      sampleBytes: 1024,
      stackDepth: 25,
      beforeApplication: true,
      inlining: false,
    } as const;
    wishSampling(wish, native);
    assert.deepEqual(readSamplingWish(wish), { generation: 1, stackDepth: 25 });
    wishSampling(wish, native);
    assert.deepEqual(readSamplingWish(wish), { generation: 2, stackDepth: 25 });
    wishSampling(wish, undefined);
    assert.deepEqual(readSamplingWish(wish), { generation: 3 });
    wishSampling(wish, { kind: 'foreign' });
    assert.equal(readSamplingWish(wish).stackDepth, 64);
  });
});
