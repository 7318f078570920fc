import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { frameAt } from '../model/index.ts';
import { billedStacks } from './attribution.ts';
import { ProfileBuilder } from './builder.ts';

/** `name` is native, `file:name` has a source. Answers the name of the frame that is billed for the whole stack. */
function billed(...frames: readonly string[]): string {
  const builder = new ProfileBuilder();
  const numbers = frames.map((frame) => {
    const [functionName = '', file = ''] = frame.split(':').reverse();
    return builder.frame({ functionName, file, line: 1, column: 1 });
  });
  const stack = builder.stackOf(numbers);
  const profile = builder.build({ counts: 'none' });
  const leaf = profile.stacks.frame[billedStacks(profile)[stack] ?? -1] ?? -1;
  return frameAt(profile, leaf).functionName;
}

describe('billedStacks', () => {
  it('bills the function that called a builtin', () => {
    assert.equal(billed('a.js:main', 'a.js:remember', 'push'), 'remember');
    assert.equal(billed('a.js:main', 'forEach', 'a.js:remember', 'set', '(GC)'), 'remember');
  });

  it('bills a function for what it allocates itself', () => {
    assert.equal(billed('a.js:main', 'forEach', 'a.js:remember'), 'remember');
    assert.equal(billed('(V8 API)', 'a.js:remember'), 'remember');
  });

  it('bills native code that nobody called', () => {
    assert.equal(billed('(V8 API)'), '(V8 API)');
    assert.equal(billed('(JS)', 'push'), 'push');
    assert.equal(billed('(external)'), '(external)');
  });
});
