import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { memoryWith } from '../../../test/cli/top-samples.ts';
import { displayWidth } from '../text-width.ts';
import { loadLine, MARK } from './load-line.ts';

const drawn = (line: ReturnType<typeof loadLine>) => line.map(({ text }) => text).join('');

describe('the load line', () => {
  it('fills from the left by used, cached and buffers, with the mark at the threshold', () => {
    const line = loadLine(memoryWith(40, { cached: 20, buffers: 10 }), 85, 20, undefined);
    assert.equal(drawn(line), '▓▓▓▓▓▓▓▓▒▒▒▒░░   ⊖  ');
  });

  it('gives use beyond the mark a shape and the colour of the severity', () => {
    const line = loadLine(memoryWith(96, { cached: 2 }), 80, 20, 'high');
    assert.equal(drawn(line), '▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓⊖██▒');
    // The mark and what is beyond it are one span: one style.
    assert.equal(line.find(({ text }) => text === `${MARK}██`)?.style, 'red');
  });

  it('leaves out what the kernel did not print', () => {
    assert.equal(drawn(loadLine(memoryWith(50), 90, 10, undefined)), '▓▓▓▓▓    ⊖');
  });

  it('is as wide as asked and has one mark, whatever the figures', () => {
    const share = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(
        share,
        share,
        share,
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 300 }),
        (used, cached, buffers, threshold, width) => {
          const text = drawn(
            loadLine(memoryWith(used, { cached, buffers }), threshold / 10, width, undefined),
          );
          assert.equal(displayWidth(text), width);
          assert.equal(text.split(MARK).length, 2);
        },
      ),
    );
  });
});
