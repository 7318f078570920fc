import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeFreshness, staleAfterSeconds } from './live.ts';

const LIVE = { kind: 'live' } as const;
const CONNECTING = { kind: 'connecting' } as const;

describe('freshness', () => {
  it('is stale, with its age, once samples stay away on an open connection', () => {
    const late = staleAfterSeconds(10) + 1;
    assert.deepEqual(judgeFreshness(true, late, 10, LIVE), { kind: 'stale', ageSeconds: late });
  });

  it('bears two samples that are late', () => {
    assert.deepEqual(judgeFreshness(true, 20, 10, LIVE), LIVE);
  });

  it('is lost without a connection, however new the newest sample is', () => {
    assert.deepEqual(judgeFreshness(false, 0.1, 10, LIVE), { kind: 'lost', ageSeconds: 0.1 });
  });

  it('is connecting until there was anything', () => {
    assert.deepEqual(judgeFreshness(false, undefined, 10, CONNECTING), CONNECTING);
    assert.deepEqual(judgeFreshness(true, undefined, 10, CONNECTING), CONNECTING);
  });

  it('stays the same value while it is live, so that nothing draws anew', () => {
    assert.equal(judgeFreshness(true, 1, 10, LIVE), LIVE);
  });
});
