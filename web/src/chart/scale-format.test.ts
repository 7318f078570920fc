import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatAgo, formatTick, formatValue, steps } from './scale-format.ts';

describe('axes', () => {
  it('label round figures without digits that say nothing', () => {
    assert.deepEqual(
      [0, 64 * 1024 ** 2, 1536 * 1024 ** 2, 1024 ** 3].map((bytes) => formatTick('bytes', bytes)),
      ['0 B', '64 MiB', '1.5 GiB', '1 GiB'],
    );
    assert.equal(formatTick('percent', 0.1 + 0.2), '0.3 %');
  });

  it('step by powers of two for sizes', () => {
    assert.ok(steps('bytes').every((step) => Number.isInteger(Math.log2(step))));
  });

  it('say that nothing was measured', () => {
    assert.equal(formatValue('bytes', null), '–');
    assert.equal(formatValue('percent', 5.25), '5.3 %');
  });

  it('say how long ago', () => {
    assert.deepEqual(
      [100, 95, 40, -3600].map((at) => formatAgo(at, 100)),
      ['now', '5 s ago', '1 min ago', '1 h 1 min ago'],
    );
  });
});
