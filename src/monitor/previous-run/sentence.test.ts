import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MIB } from '../../units/index.ts';
import { type Death, deathSentence } from './sentence.ts';

const site = {
  functionName: 'remember',
  file: '/app/src/orders.ts',
  line: 41,
  column: 3,
  liveBytes: 1,
  count: 1,
};
const rate = { growthBytesPerSecond: 1, growthInterval: { low: 1, high: 1 }, rises: 1, steps: 1 };
const sites = [{ site, growthBytes: 71, share: 0.71, ...rate }];
const parts = { overSeconds: 60, heapBytes: 400 * MIB, externalBytes: 0, nativeBytes: 0 };
const DEATH: Death = {
  cause: 'heap-limit',
  heapUsedBytes: 497 * MIB,
  heapLimitBytes: 512 * MIB,
  parts,
  sites,
};

const say = (death: Partial<Death>) => deathSentence({ ...DEATH, ...death }, '/app');

describe('a death in a sentence', () => {
  it('says how near the limit it was, and what grew', () => {
    assert.equal(say({}), 'died at 497 of 512 MiB; 71 % of the growth: src/orders.ts:41 remember');
    assert.equal(
      deathSentence(DEATH, '/elsewhere'),
      'died at 497 of 512 MiB; 71 % of the growth: /app/src/orders.ts:41 remember',
    );
  });

  it('names no site where something else than the JavaScript heap grew', () => {
    const buffers = { ...parts, externalBytes: 600 * MIB };
    const killed = { cause: 'oom-kill', rssBytes: 900 * MIB, cgroupLimitBytes: 1024 * MIB } as const;
    assert.equal(
      say({ ...killed, parts: buffers }),
      'was killed by the kernel for lack of memory at 900 of 1024 MiB; ' +
        'most of the growth: buffers and other external memory, 600 MiB',
    );
    assert.match(say({ ...killed, parts }), /71 % of the growth/);
    const released = { ...parts, heapBytes: 10 * MIB, nativeBytes: 30 * MIB };
    const grown = [{ site, growthBytes: 35 * MIB, share: 0.9, ...rate }];
    assert.match(say({ ...killed, parts: released, sites: grown }), /90 % of the growth/);
    assert.match(say({ parts: buffers }), /71 %/, "V8's limit is on the heap alone");
  });

  it('says less where less is known', () => {
    const { heapUsedBytes: _, parts: __, ...rest } = DEATH;
    assert.equal(deathSentence({ ...rest, sites: [] }), 'died at its limit of 512 MiB');
    assert.equal(deathSentence({ ...rest, cause: 'killed', sites: [] }), 'was killed before it was sampled');
    assert.equal(
      deathSentence({ ...rest, cause: 'killed', sites: [], rssBytes: 80 * MIB }),
      'was killed at 80.0 MiB',
    );
  });

  it('never shows more than the limit: the young generation is read with the old', () => {
    assert.match(say({ heapUsedBytes: 530 * MIB }), /^died at 512 of 512 MiB/);
  });
});
