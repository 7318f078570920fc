import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countsOf, differences } from './compare.ts';
import type { TestOutcome } from './suite.ts';

const outcome = (name: string, ended: TestOutcome['ended']): TestOutcome => ({
  place: 'a.js:1:1',
  name,
  ended,
});

describe('two runs of a suite', () => {
  it('are the same in whatever order their tests ended', () => {
    const run = [outcome('one', 'passed'), outcome('two', 'failed'), outcome('one', 'skipped')];
    assert.deepEqual(differences(run, run.toReversed()), []);
    assert.deepEqual(countsOf(run), { passed: 1, failed: 1, skipped: 1 });
  });

  it('differ in a test that ended otherwise, is missing, or ran less often', () => {
    const before = [outcome('one', 'passed'), outcome('two', 'passed'), outcome('two', 'passed')];
    const after = [outcome('one', 'failed'), outcome('two', 'passed'), outcome('three', 'passed')];
    assert.deepEqual(differences(before, after), [
      { test: 'a.js:1:1 one', before: 'passed', after: 'failed' },
      { test: 'a.js:1:1 two', before: 'passed passed', after: 'passed' },
      { test: 'a.js:1:1 three', before: 'absent', after: 'passed' },
    ]);
  });
});
