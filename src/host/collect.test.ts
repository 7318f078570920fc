import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ParseError } from '../model/index.ts';
import { collect, readPart } from './collect.ts';

/** Every look at it takes a quarter of a second. */
function slowClock() {
  let seconds = 0;
  return { wallSeconds: () => 0, monotonicSeconds: () => (seconds += 0.25) };
}

describe('collect', () => {
  it('reports what was read, and how long it took', () => {
    assert.deepEqual(
      collect('memory', slowClock(), () => 42),
      { value: 42, report: { collector: 'memory', outcome: 'ok', durationSeconds: 0.25 } },
    );
  });

  it('tells nothing to read from a failure', () => {
    const none = collect('pressure', slowClock(), () => undefined);
    assert.equal(none.report.outcome, 'absent');
    const failed = collect('pressure', slowClock(), () => {
      throw new ParseError('pressure', 'it is empty');
    });
    assert.deepEqual(failed, {
      value: undefined,
      report: {
        collector: 'pressure',
        outcome: 'failed',
        durationSeconds: 0.25,
        reason: 'pressure: it is empty',
      },
    });
  });

  it('keeps what could be read beside a part that could not', () => {
    const partly = collect('cgroup', slowClock(), (note) => ({
      usage: 1,
      peak: readPart(() => {
        throw new ParseError('memory.peak', 'not a number');
      }, note),
    }));
    assert.deepEqual(partly.value, { usage: 1, peak: undefined });
    assert.deepEqual(partly.report.outcome === 'failed' && partly.report.reason, 'memory.peak: not a number');
  });
});

describe('readPart', () => {
  it('lets errors that are not the file’s own through', () => {
    const broken = (): never => {
      throw new RangeError('a mistake of ours');
    };
    assert.throws(() => readPart(broken, () => {}), RangeError);
  });
});
