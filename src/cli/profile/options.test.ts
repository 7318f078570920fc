import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UsageError } from '../command.ts';
import { type GivenOptions, readProfileOptions } from './options.ts';

describe('the options of profile', () => {
  it('have defaults', () => {
    assert.deepEqual(readProfileOptions({}, '4211'), {
      pid: 4211,
      seconds: 30,
      sampleBytes: 32_768,
      top: 20,
    });
  });

  it('tell the format of the file, or its name does', () => {
    const formats: readonly (readonly [GivenOptions, string])[] = [
      [{ output: 'a.heapprofile' }, 'heapprofile'],
      [{ output: 'a.folded' }, 'folded'],
      [{ output: 'a.json' }, 'json'],
      [{ output: 'a.pb.gz' }, 'pprof'],
      [{ output: 'a.json', format: 'folded' }, 'folded'],
    ];
    for (const [given, format] of formats)
      assert.deepEqual(readProfileOptions(given, '1').file, { path: given.output, format });
  });

  it('are refused where they make no sense', () => {
    const wrong: readonly GivenOptions[] = [
      { seconds: '0' },
      { seconds: 'long' },
      { seconds: '' },
      { seconds: '3601' },
      { interval: '15' },
      { interval: '1.5' },
      { top: '0' },
      { format: 'svg', output: 'a' },
      { format: 'pprof' },
    ];
    for (const given of wrong)
      assert.throws(() => readProfileOptions(given, '1'), UsageError, JSON.stringify(given));
    for (const pid of ['0', '-1', '1.5', 'node', '', '99999999'])
      assert.throws(() => readProfileOptions({}, pid), UsageError, pid);
  });
});
