import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ROW_HEIGHT, rowsInSight } from './in-sight.ts';

describe('rows in sight', () => {
  it('hold every row that shows, and few more, wherever one scrolls', () => {
    const heights = fc.integer({ min: 0, max: 2000 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        heights,
        fc.integer({ min: 0, max: 20_000 }),
        (top, height, count) => {
          const { first, last } = rowsInSight(top, height, count);
          assert.ok(0 <= first && first <= last && last <= count);
          assert.ok(last - first <= height / ROW_HEIGHT + 8);
          const shown = Math.floor((top + height / 2) / ROW_HEIGHT);
          if (shown < count) assert.ok(first <= shown && shown < last);
        },
      ),
    );
  });
});
