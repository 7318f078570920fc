import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createThinnedSamples } from './thinned-samples.ts';

describe('thinned samples', () => {
  it('keeps the first, an even spacing and a bound, however many come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 4, max: 50 }), (count, most) => {
        const samples = createThinnedSamples(most);
        for (let index = 0; index < count; index++) samples.add({ atSeconds: index, rssBytes: 1 });
        const times = samples.kept().map(({ atSeconds }) => atSeconds);
        const spacing = (times[1] ?? 1) - (times[0] ?? 0);
        assert.equal(samples.taken(), count);
        assert.ok(times.length <= most);
        assert.deepEqual(
          times,
          times.map((_, index) => index * spacing),
        );
        assert.ok(count - 1 - (times.at(-1) ?? 0) < spacing, 'nothing newer was to be kept');
      }),
    );
  });
});
