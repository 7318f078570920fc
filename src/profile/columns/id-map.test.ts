import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { IdMap } from './id-map.ts';

it('answers as a Map would, for ids of any size', () => {
  const id = fc.oneof(fc.nat(20), fc.nat(2 ** 23), fc.maxSafeInteger(), fc.double());
  fc.assert(
    fc.property(fc.array(fc.tuple(id, fc.nat(2 ** 30))), fc.array(id), (entries, others) => {
      const ids = new IdMap();
      for (const [key, value] of entries) ids.set(key, value);
      const map = new Map(entries);
      for (const key of [...map.keys(), ...others]) assert.equal(ids.get(key), map.get(key) ?? -1);
    }),
  );
});
