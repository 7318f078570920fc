// The agent warms up what the page asks first: both have to mean the same.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OPENING_QUESTIONS } from '../../src/api/warm-up.ts';
import { openingQuestions } from '../../web/src/connection/questions.ts';
import { readRoute } from '../../web/src/navigation/route.ts';

describe('what the page asks first', () => {
  it('is what the agent has asked itself before', () => {
    assert.deepEqual(openingQuestions(readRoute('')), OPENING_QUESTIONS);
  });
});
