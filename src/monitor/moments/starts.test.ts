import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KnownProcess } from '../../history/index.ts';
import type { ProcessSample } from '../../model/index.ts';
import { startsOf } from './starts.ts';

const BOOT = 1_000_000;

const process: ProcessSample = {
  pid: 30,
  startTicks: 500_000,
  parentPid: 1,
  name: 'node',
  command: 'node server.js',
  state: 'S',
  startedAtSeconds: BOOT + 5000,
  rssBytes: 1,
  vmsBytes: 1,
  cpuSeconds: 0,
  threads: 1,
  memoryPercent: 1,
};

function known(
  pid: number,
  startTicks: number,
  firstSeenSeconds: number,
  given: Partial<KnownProcess> = {},
): KnownProcess {
  const { name, command } = process;
  return {
    pid,
    startTicks,
    name,
    command,
    firstSeenSeconds,
    lastSeenSeconds: firstSeenSeconds + 60,
    ...given,
  };
}

describe('starts of a program', () => {
  it('are those of the same name and command, with itself as the last', () => {
    const starts = startsOf(process, [
      known(30, 500_000, BOOT + 5003),
      known(10, 100_000, BOOT + 1008),
      known(20, 300_000, BOOT + 3002),
      known(40, 200_000, BOOT + 2002, { command: 'node worker.js' }),
      known(50, 200_000, BOOT + 2002, { name: 'postgres' }),
    ]);
    assert.deepEqual(starts, [
      { pid: 10, atSeconds: BOOT + 1000 },
      { pid: 20, atSeconds: BOOT + 3000 },
      { pid: 30, atSeconds: BOOT + 5000 },
    ]);
  });

  it('before the last boot are when they were first seen', () => {
    const [before] = startsOf(process, [known(10, 900_000, BOOT - 4000)]);
    assert.deepEqual(before, { pid: 10, atSeconds: BOOT - 4000 });
  });

  it('are bounded, the newest kept', () => {
    const many = Array.from({ length: 80 }, (_, index) => known(100 + index, index * 100, BOOT + index + 1));
    const starts = startsOf(process, many);
    assert.deepEqual([starts.length, starts.at(-1)?.pid, starts[0]?.pid], [50, 30, 131]);
  });
});
