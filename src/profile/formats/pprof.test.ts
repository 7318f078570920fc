import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import * as theirs from 'pprof-format';
import {
  arbitraryProfile,
  canonical,
  type PlainSample,
  samplesOf,
} from '../../../test/profile/arbitrary-profile.ts';
import { EXTERNAL_DOMAIN, HEAP_DOMAIN, type Profile } from '../../model/index.ts';
import { type NewFrame, ProfileBuilder } from '../builder.ts';
import { allocationSites } from '../diff.ts';
import { readProfile } from './read.ts';
import { writeProfile } from './write.ts';

/** What another implementation of the format reads in ours: columns in their place, leaf first. */
function readByTheirs(profile: Profile): PlainSample[] {
  const decoded = theirs.Profile.decode(gunzipSync(writeProfile(profile, 'pprof')));
  const text = (index: number | bigint) => decoded.stringTable.strings[Number(index)] ?? '';
  const frameOf = (id: number | bigint): NewFrame => {
    const line = decoded.location.find((location) => location.id === id)?.line[0];
    const named = decoded.function.find((each) => each.id === line?.functionId);
    return {
      functionName: text(named?.systemName ?? 0),
      file: text(named?.filename ?? 0),
      line: Number(line?.line),
      column: Number(line?.column),
    };
  };
  return decoded.sample.map(({ locationId, value, label }) => ({
    stack: locationId.map(frameOf).reverse(),
    count: Number(value[0]),
    bytes: Number(value[1]),
    domain: label.some(({ str }) => text(str) === 'external') ? EXTERNAL_DOMAIN : HEAP_DOMAIN,
  }));
}

function withoutScripts(samples: readonly PlainSample[]): PlainSample[] {
  return samples.map((sample) => ({
    ...sample,
    stack: sample.stack.map(({ functionName, file, line, column }) => ({ functionName, file, line, column })),
  }));
}

/** Encodes by the other implementation a profile of one sample. */
function writtenByTheirs(
  build: (text: (value: string) => number) => Partial<theirs.ProfileInput>,
): Uint8Array {
  const stringTable = new theirs.StringTable();
  const text = (value: string) => stringTable.dedup(value);
  const sampleType = [new theirs.ValueType({ type: text('inuse_space'), unit: text('bytes') })];
  return new theirs.Profile({ sampleType, stringTable, ...build(text) }).encode();
}

describe('pprof', () => {
  it('is read by another implementation', () => {
    fc.assert(
      fc.property(arbitraryProfile, (profile) => {
        assert.deepEqual(canonical(readByTheirs(profile)), canonical(withoutScripts(samplesOf(profile))));
      }),
    );
  });

  it('has a name to show for a function that has none', () => {
    const builder = new ProfileBuilder();
    for (const functionName of ['', 'f']) builder.frame({ functionName, file: '/a.js', line: 1, column: 1 });
    const bytes = writeProfile(builder.build({ counts: 'none' }), 'pprof', { compress: false });
    const decoded = theirs.Profile.decode(bytes);
    assert.deepEqual(
      decoded.function.map(({ name }) => decoded.stringTable.strings[Number(name)]),
      ['(anonymous)', 'f'],
    );
  });

  it('reads a profile that @datadog/pprof captured', () => {
    const path = join(import.meta.dirname, '../../../fixtures/profiles/datadog.pprof');
    const profile = readProfile(readFileSync(path));
    assert.deepEqual(profile.metadata, {
      atSeconds: 1795407429.625,
      sampleIntervalBytes: 16_384,
      counts: 'objects',
    });
    const file = '/srv/plimsoll-capture/capture.mjs';
    const sites = allocationSites(profile).map(({ functionName, line }) => `${functionName}:${line}`);
    assert.deepEqual(sites, ['(external):0', 'Order:17', 'parse:27', 'remember:23', 'handle:31']);
    assert.ok(profile.files.some(({ path: name }) => name === file));
    const external = samplesOf(profile).filter(({ domain }) => domain === EXTERNAL_DOMAIN);
    assert.deepEqual(
      external.map(({ stack }) => stack.map(({ functionName }) => functionName)),
      [['(external)']],
    );
  });

  it('takes inlined functions for frames of their own, and an address for a name', () => {
    const bytes = writtenByTheirs((text) => ({
      function: [
        new theirs.Function({ id: 1, name: text('inner'), filename: text('/a.js') }),
        new theirs.Function({ id: 2, name: text('outer'), filename: text('/a.js') }),
      ],
      mapping: [new theirs.Mapping({ id: 9, filename: text('/lib/libc.so') })],
      location: [
        new theirs.Location({
          id: 5,
          line: [new theirs.Line({ functionId: 1, line: 3 }), new theirs.Line({ functionId: 2, line: 8 })],
        }),
        new theirs.Location({ id: 6, mappingId: 9, address: 0xbeef }),
      ],
      sample: [new theirs.Sample({ locationId: [6, 5], value: [100] })],
    }));
    const [sample] = samplesOf(readProfile(bytes));
    assert.deepEqual(
      sample?.stack.map(({ functionName, file, line }) => [functionName, file, line]),
      [
        ['outer', '/a.js', 8],
        ['inner', '/a.js', 3],
        ['0xbeef', '/lib/libc.so', 0],
      ],
    );
    assert.deepEqual([sample?.bytes, sample?.count], [100, 0]);
  });

  it('unpacks a column that stands above the line', () => {
    const bytes = writtenByTheirs((text) => ({
      function: [new theirs.Function({ id: 1, name: text('f'), filename: text('/bundle.js') })],
      location: [
        new theirs.Location({
          id: 1,
          line: [new theirs.Line({ functionId: 1, line: (5_000_000n << 32n) | 7n })],
        }),
      ],
      sample: [new theirs.Sample({ locationId: [1], value: [1] })],
    }));
    assert.deepEqual(samplesOf(readProfile(bytes))[0]?.stack, [
      { functionName: 'f', file: '/bundle.js', line: 7, column: 5_000_000 },
    ]);
  });

  it('picks live bytes among several values', () => {
    const bytes = writtenByTheirs((text) => ({
      sampleType: [
        ['alloc_objects', 'count'],
        ['alloc_space', 'bytes'],
        ['inuse_objects', 'count'],
        ['inuse_space', 'bytes'],
      ].map(([type = '', unit = '']) => new theirs.ValueType({ type: text(type), unit: text(unit) })),
      sample: [new theirs.Sample({ value: [1, 10, 2, 20] })],
    }));
    const [sample] = samplesOf(readProfile(bytes));
    assert.deepEqual([sample?.count, sample?.bytes], [2, 20]);
    assert.equal(sample?.stack[0]?.functionName, '(root)');
  });

  it('refuses a profile of time', () => {
    const bytes = writtenByTheirs((text) => ({
      sampleType: [new theirs.ValueType({ type: text('cpu'), unit: text('nanoseconds') })],
      sample: [new theirs.Sample({ value: [1] })],
    }));
    assert.throws(() => readProfile(bytes), { code: 'PROFILE_NOT_MEMORY', message: /cpu in nanoseconds/ });
  });

  it('says what is missing or wrong', () => {
    const sample = (fields: theirs.SampleInput) =>
      writtenByTheirs(() => ({ sample: [new theirs.Sample(fields)] }));
    const wrong: readonly (readonly [bytes: Uint8Array, message: RegExp])[] = [
      [sample({ locationId: [3], value: [1] }), /location 3/],
      [sample({ value: [1, 2] }), /2 values, not 1/],
      [sample({ value: [-5] }), /-5/],
      [writtenByTheirs(() => ({ comment: [77] })), /no string 77/],
      [Uint8Array.of(0x0a, 0x05, 0x08), /cut off/],
      [Uint8Array.of(0x08, ...Array.from({ length: 12 }, () => 0xff)), /without end|wire type/],
      [Uint8Array.of(0x0b), /wire type 3/],
    ];
    for (const [bytes, message] of wrong)
      assert.throws(() => readProfile(bytes), { code: 'PROFILE_INVALID', message });
  });
});
