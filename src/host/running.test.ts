import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { isRunning, ownIdentity } from './running.ts';

describe('whether a process runs', () => {
  it('is known by pid and start time', () => {
    const own = ownIdentity();
    assert.equal(own.pid, process.pid);
    assert.equal(isRunning(own), true);
    assert.equal(isRunning({ pid: own.pid, startTicks: (own.startTicks ?? 0) + 1 }), false, 'another one');
  });

  it('is told by a signal where there is no /proc', () => {
    const own = ownIdentity('/nonexistent');
    assert.deepEqual(own, { pid: process.pid });
    assert.equal(isRunning(own, '/nonexistent'), true);
  });

  it('is false of one that has ended', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    const pid = child.pid ?? 0;
    await once(child, 'exit');
    assert.equal(isRunning({ pid }), false);
    assert.equal(isRunning({ pid, startTicks: 1 }), false);
  });
});
