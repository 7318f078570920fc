// Whatever the bytes: a profile, or an error of our own.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { arbitraryProfile, samplesOf } from '../../../test/profile/arbitrary-profile.ts';
import { ProfileError } from '../errors.ts';
import { MAX_STACK_DEPTH } from '../limits.ts';
import { readProfile } from './read.ts';
import { PROFILE_FORMATS, writeProfile } from './write.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/profiles');
const encoder = new TextEncoder();

/** Reads, and lets only a ProfileError pass. What could be read can be written. */
function readOrRefuse(bytes: Uint8Array): void {
  try {
    const profile = readProfile(bytes);
    for (const format of PROFILE_FORMATS) writeProfile(profile, format);
    samplesOf(profile);
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
  }
}

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: Uint8Array;
}

const arbitraryEdits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    at: fc.nat(),
    remove: fc.nat(8),
    insert: fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc
        .constantFrom('-1', '1e999', 'null', '[', '{}', '"', '9007199254740993', ';', ' ', '\n')
        .map((text) => encoder.encode(text)),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

function mutate(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  let current = Buffer.from(bytes);
  for (const { at, remove, insert } of edits) {
    const start = at % (current.length + 1);
    current = Buffer.concat([current.subarray(0, start), insert, current.subarray(start + remove)]);
  }
  return current;
}

describe('readProfile', () => {
  it('reads any bytes or refuses them', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), readOrRefuse), { numRuns: 1000 });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => readOrRefuse(encoder.encode(text))),
      {
        numRuns: 500,
      },
    );
    fc.assert(
      fc.property(fc.json(), (text) => readOrRefuse(encoder.encode(text))),
      { numRuns: 500 },
    );
  });

  for (const format of PROFILE_FORMATS)
    it(`reads mutated ${format} or refuses it`, () => {
      fc.assert(
        fc.property(arbitraryProfile, arbitraryEdits, (profile, edits) => {
          readOrRefuse(mutate(writeProfile(profile, format, { compress: false }), edits));
        }),
        { numRuns: 1000 },
      );
    });

  for (const name of ['datadog.pprof', 'inspector.heapprofile'])
    it(`reads mutated ${name} or refuses it`, () => {
      const bytes = readFileSync(join(fixtures, name));
      fc.assert(
        fc.property(arbitraryEdits, (edits) => readOrRefuse(mutate(bytes, edits))),
        { numRuns: 500 },
      );
    });

  it('names what it does not read', () => {
    const refused: readonly (readonly [content: string | Uint8Array, code: string])[] = [
      ['', 'PROFILE_UNRECOGNISED'],
      ['hello', 'PROFILE_UNRECOGNISED'],
      ['{"a":1}', 'PROFILE_UNRECOGNISED'],
      ['[]', 'PROFILE_UNRECOGNISED'],
      [Uint8Array.of(0x66, 0xff, 0xfe), 'PROFILE_UNRECOGNISED'],
      ['{"nodes":[],"timeDeltas":[]}', 'PROFILE_NOT_MEMORY'],
      ['{"snapshot":{"meta":{', 'HEAP_DUMP_NOT_SUPPORTED'],
      ['{"head":', 'PROFILE_INVALID'],
      [Uint8Array.of(0x1f, 0x8b, 0x00), 'PROFILE_INVALID'],
      ['{"format":"plimsoll-profile","version":2}', 'PROFILE_VERSION'],
    ];
    for (const [content, code] of refused)
      assert.throws(() => readProfile(typeof content === 'string' ? encoder.encode(content) : content), {
        code,
      });
  });

  it('stops at a decompressed size that no profile has', () => {
    // A gzip file may be several in a row.
    const member = gzipSync(new Uint8Array(64 * 1024 ** 2), { level: 1 });
    const zeros = Buffer.concat(Array.from({ length: 8 }, () => member));
    assert.throws(() => readProfile(zeros), { code: 'PROFILE_TOO_LARGE' });
  });

  it('stops at a depth that no stack has', () => {
    const tooDeep = MAX_STACK_DEPTH + 1;
    const folded = `${Array.from({ length: tooDeep }, () => 'f').join(';')} 1`;
    const callFrame = '"callFrame":{"functionName":"f","url":""},"selfSize":1,"id":1';
    const heapprofile = `{"head":${`{${callFrame},"children":[`.repeat(tooDeep + 1)}${']}'.repeat(tooDeep + 1)}}`;
    const indices = Array.from({ length: tooDeep }, (_, index) => index);
    const json = JSON.stringify({
      format: 'plimsoll-profile',
      version: 1,
      metadata: {},
      functionNames: ['f'],
      files: [{ path: '', origin: { kind: 'native' } }],
      frames: { functionName: [0], file: [0], line: [0], column: [0], scriptId: [-1] },
      stacks: { parent: indices.map((index) => index - 1), frame: indices.map(() => 0) },
      samples: { stack: [], bytes: [], count: [], domain: [] },
    });
    for (const text of [folded, heapprofile, json])
      assert.throws(() => readProfile(encoder.encode(text)), { code: 'PROFILE_TOO_LARGE' });
  });

  it('writes the deepest stack there may be in every format', () => {
    const folded = `${Array.from({ length: MAX_STACK_DEPTH }, (_, index) => `f${index}`).join(';')} 1`;
    const profile = readProfile(encoder.encode(folded));
    for (const format of PROFILE_FORMATS)
      assert.equal(samplesOf(readProfile(writeProfile(profile, format)))[0]?.stack.length, MAX_STACK_DEPTH);
  });
});
