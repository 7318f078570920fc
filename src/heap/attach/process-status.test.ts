import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ParseError } from '../../model/index.ts';
import { catches, parseProcessStatus } from './process-status.ts';

const TEXT = `Name:\tnode
State:\tS (sleeping)
Tgid:\t4211
Pid:\t4211
Uid:\t1000\t1001\t1002\t1003
SigBlk:\t0000000000000000
SigCgt:\t0000000100004602
`;

describe('/proc/[pid]/status', () => {
  it('says whose it is, how it is and what it catches', () => {
    assert.deepEqual(parseProcessStatus(TEXT), {
      state: 'S',
      threadGroup: 4211,
      realUid: 1000,
      savedUid: 1002,
      caughtSignals: 0x100004602n,
    });
  });

  it('is not believed with a line missing', () => {
    for (const name of ['State', 'Tgid', 'Uid', 'SigCgt'])
      assert.throws(() => parseProcessStatus(TEXT.replace(`${name}:`, 'X:')), ParseError);
  });

  it('throws nothing else, whatever the text', () => {
    fc.assert(
      fc.property(fc.nat(TEXT.length), fc.string(), (at, text) => {
        try {
          parseProcessStatus(TEXT.slice(0, at) + text + TEXT.slice(at));
        } catch (error) {
          assert.ok(error instanceof ParseError);
        }
      }),
    );
  });

  it('tells of this process, which is Node.js, that it catches SIGUSR1', () => {
    const status = parseProcessStatus(readFileSync('/proc/self/status', 'utf8'));
    assert.equal(status.threadGroup, process.pid);
    assert.equal(status.realUid, process.getuid?.());
    assert.ok(catches(status, constants.signals.SIGUSR1));
    assert.ok(!catches(status, constants.signals.SIGKILL));
  });
});
