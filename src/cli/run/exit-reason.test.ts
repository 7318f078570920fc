import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MIB } from '../../units/index.ts';
import { exitReason } from './exit-reason.ts';

const full = {
  pid: 1,
  samples: [{ atSeconds: 1, rssBytes: 150 * MIB, heapUsedBytes: 60 * MIB }],
  samplesTaken: 1,
  heapLimitBytes: 64 * MIB,
  growingSites: [],
  snapshots: 0,
};
const roomy = { ...full, heapLimitBytes: 4096 * MIB };
const KILLED = "killed (possibly the kernel's OOM killer: oom_kill rose)";
const FULL = 'out of memory (V8 heap limit)';

describe('why a program ended', () => {
  it('is its own exit, whatever the status', () => {
    assert.equal(exitReason({ code: 0, signal: null }, full, true), 'exited');
    assert.equal(exitReason({ code: 1, signal: null }, undefined, false), 'exited');
  });

  it('is the heap when it aborts near its limit, also behind a shell', () => {
    assert.equal(exitReason({ code: null, signal: 'SIGABRT' }, full, false), FULL);
    assert.equal(exitReason({ code: 134, signal: null }, full, false), FULL);
    assert.equal(exitReason({ code: null, signal: 'SIGABRT' }, roomy, false), 'signal');
    assert.equal(exitReason({ code: null, signal: 'SIGABRT' }, undefined, false), 'signal');
  });

  it('may be the kernel when it is killed while the kernel kills', () => {
    assert.equal(exitReason({ code: null, signal: 'SIGKILL' }, roomy, true), KILLED);
    assert.equal(exitReason({ code: 137, signal: null }, roomy, true), KILLED);
    assert.equal(exitReason({ code: null, signal: 'SIGKILL' }, roomy, false), 'signal');
    assert.equal(exitReason({ code: null, signal: 'SIGTERM' }, roomy, true), 'signal');
  });
});
