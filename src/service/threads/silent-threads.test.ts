import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSilentThreads } from './silent-threads.ts';

describe('threads that do not answer', () => {
  it('are left in peace for a minute, and no other', () => {
    const silent = createSilentThreads();
    assert.ok(silent.mayAsk(3, 1000));
    silent.note(3, 1000);
    assert.ok(!silent.mayAsk(3, 1059));
    assert.ok(silent.mayAsk(4, 1059));
    assert.ok(silent.mayAsk(3, 1060));
  });

  it('are asked again after the clock was set back', () => {
    const silent = createSilentThreads();
    silent.note(3, 100_000);
    assert.ok(silent.mayAsk(3, 1000));
  });
});
