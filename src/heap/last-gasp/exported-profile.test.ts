import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseExportedProfile } from './exported-profile.ts';

/** As the native part prints it: nothing is escaped. */
function printed(name: string, script: string, children = ''): string {
  return (
    `{"name":"${name}","scriptName":"${script}","scriptId":7,"lineNumber":3,"columnNumber":5,` +
    `"children":[${children}],"allocations":[{"sizeBytes":16,"count":2}]}`
  );
}

describe('the profile that the native part exports', () => {
  it('is read as it was printed', () => {
    const root = parseExportedProfile(printed('(root)', '', printed('remember', 'file:///app/orders.mjs')));
    assert.deepEqual(root.children[0], {
      name: 'remember',
      scriptName: 'file:///app/orders.mjs',
      scriptId: 7,
      lineNumber: 3,
      columnNumber: 5,
      children: [],
      allocations: [{ sizeBytes: 16, count: 2 }],
    });
  });

  it('is read whatever functions and files are called', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((name) => !name.includes('","script'));
    fc.assert(
      fc.property(text, text, (name, script) => {
        const [child] = parseExportedProfile(printed('(root)', '', printed(name, script))).children;
        assert.deepEqual([child?.name, child?.scriptName], [name, script]);
      }),
    );
  });

  it('is refused when it was cut off', () => {
    const whole = printed('(root)', '', printed('remember', 'orders.mjs'));
    for (const length of [0, 10, whole.length - 1])
      assert.throws(() => parseExportedProfile(whole.slice(0, length)), SyntaxError);
  });
});
