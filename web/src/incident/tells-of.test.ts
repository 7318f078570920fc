import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tellsOf } from './tells-of.ts';

const OWN = 7;
const MESSAGE = 'Memory leak: postgres[990] leaking 38.0 MiB/h since 14:05 UTC; also node[7], redis[12]';

describe('what an alert tells of', () => {
  it('is every process that it names', () => {
    assert.deepEqual(
      [990, 12, 13].map((pid) => tellsOf(MESSAGE, pid, OWN)),
      [true, true, false],
    );
  });

  it('is the own process only where it leads, since the line is said only there', () => {
    assert.equal(tellsOf(MESSAGE, OWN, OWN), false);
    assert.equal(tellsOf('Memory leak: node[7] leaking; also postgres[990]', OWN, OWN), true);
  });

  it('is no process where it leads with the host, and names none', () => {
    assert.equal(tellsOf('Memory leak: the host leaking 1 GiB/h', OWN, OWN), false);
    assert.equal(tellsOf(MESSAGE, undefined, OWN), true);
  });
});
