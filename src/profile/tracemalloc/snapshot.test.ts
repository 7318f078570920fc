import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EXTERNAL_DOMAIN } from '../../model/index.ts';
import { ProfileBuilder } from '../builder.ts';
import { Filter } from './filter.ts';
import { Snapshot, type StatisticKey } from './snapshot.ts';

const SOURCE: Readonly<Record<number, string>> = {
  3: '  remember(order);',
  41: 'function remember(order) {',
};

function snapshot(): Snapshot {
  const builder = new ProfileBuilder();
  const handle = builder.frame({ functionName: 'handle', file: 'file:///srv/a.mjs', line: 3, column: 1 });
  const remember = builder.frame({ functionName: 'remember', file: '/srv/b.ts', line: 41, column: 5 });
  const push = builder.frame({ functionName: 'push', file: '', line: 0, column: 0 });
  builder.addSample(builder.stackOf([handle, remember]), 100, 2);
  builder.addSample(builder.stackOf([handle, remember, push]), 50, 1);
  builder.addSample(builder.stackOf([handle]), 30, 1, EXTERNAL_DOMAIN);
  const profile = builder.build({ counts: 'objects', stackLimit: 64 });
  return new Snapshot(profile, (_, lineno) => SOURCE[lineno]);
}

describe('Snapshot', () => {
  it('bills builtins to the function that called them, as Python does', () => {
    const [first] = snapshot().statistics('traceback');
    assert.deepEqual([first?.size, first?.count], [150, 3]);
    assert.deepEqual(first?.traceback.format(), [
      '  File "/srv/a.mjs", line 3',
      '    remember(order);',
      '  File "/srv/b.ts", line 41',
      '    function remember(order) {',
    ]);
    assert.equal(first?.toString(), '/srv/a.mjs:3: size=150 B, count=3, average=50 B');
    assert.equal(
      snapshot()
        .filterTraces([new Filter(true, '*.ts')])
        .statistics('filename')[0]?.size,
      150,
    );
  });

  it('has its traces', () => {
    const traces = [...snapshot().traces()].map(({ domain, size, count, traceback }) => [
      domain,
      size,
      count,
      traceback.at(-1)?.toString(),
    ]);
    assert.deepEqual(traces, [
      [0, 100, 2, '/srv/b.ts:41'],
      [0, 50, 1, '/srv/b.ts:41'],
      [1, 30, 1, '/srv/a.mjs:3'],
    ]);
  });

  it('is the same after dump and load', () => {
    const original = snapshot();
    const loaded = Snapshot.load(original.dump());
    assert.deepEqual(loaded.profile, original.profile);
    assert.equal(loaded.tracebackLimit, 64);
    assert.throws(() => Snapshot.load(new Uint8Array([1, 2, 3])), { code: 'PROFILE_INVALID' });
  });

  it('leaves all of the traces where there is no filter', () => {
    const original = snapshot();
    assert.deepEqual(original.filterTraces([]).profile, original.profile);
  });

  it('refuses statistics that there are not', () => {
    assert.throws(() => snapshot().statistics('traceback', true), { code: 'STATISTICS_KEY' });
    assert.throws(() => snapshot().compareTo(snapshot(), 'age' as StatisticKey), { code: 'STATISTICS_KEY' });
  });
});
