import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LISTENER_ERRORS } from './errors.ts';
import { PROBLEMS, problemResponse } from './problems.ts';
import { problem } from './schemas/index.ts';

describe('the table of problems', () => {
  it('names each once, in capitals, as an HTTP error', () => {
    const codes = [...PROBLEMS, ...LISTENER_ERRORS].map(({ code }) => code);
    assert.equal(new Set(codes).size, codes.length);
    for (const code of codes) assert.match(code, /^[A-Z]+(_[A-Z]+)*$/);
    for (const { status } of PROBLEMS) assert.ok(status >= 400 && status < 600);
  });

  it('has a title and a remedy for each, without a full stop', () => {
    for (const { title, whatToDo } of [...PROBLEMS, ...LISTENER_ERRORS])
      for (const text of [title, whatToDo]) assert.match(text, /^\S.*[^.\s]$/);
  });

  it('makes problem details of each', async () => {
    for (const { code, status } of PROBLEMS) {
      const response = problemResponse({ refusal: code, reason: 'What happened' });
      assert.equal(response.headers.get('content-type'), 'application/problem+json');
      const body = problem.parse(await response.json());
      assert.deepEqual([body.code, body.status, response.status], [code, status, status]);
      assert.match(body.detail, /^What happened\. .*\.$/);
    }
  });
});
