import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ProcessSample } from '../model/index.ts';
import { topProcesses } from './top-processes.ts';

const process = (pid: number, memoryPercent: number): ProcessSample => ({
  pid,
  startTicks: 1,
  parentPid: 1,
  name: 'node',
  command: 'node app.js',
  state: 'S',
  startedAtSeconds: 0,
  rssBytes: memoryPercent * 1e6,
  vmsBytes: 0,
  cpuSeconds: 0,
  threads: 1,
  memoryPercent,
});

const top = (...shares: readonly number[]): readonly number[] =>
  topProcesses({ processes: shares.map((share, index) => process(index, share)) }).map(
    (one) => one.memoryPercent,
  );

describe('topProcesses', () => {
  it('leaves out 1 % and less', () => {
    assert.deepEqual(top(1, 1.0001, 0.5), [1.0001]);
  });

  it('has the largest first, at most ten', () => {
    assert.deepEqual(top(2, 9, 4), [9, 4, 2]);
    assert.deepEqual(top(...Array.from({ length: 30 }, (_, index) => index + 2)).length, 10);
    assert.equal(top(...Array.from({ length: 30 }, (_, index) => index + 2))[0], 31);
  });

  it('does not reorder the scan', () => {
    const processes = [process(1, 2), process(2, 3)];
    topProcesses({ processes });
    assert.deepEqual(
      processes.map(({ pid }) => pid),
      [1, 2],
    );
  });
});
