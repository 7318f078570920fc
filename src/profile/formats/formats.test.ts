// Every format to every other and back: what is lost is what each format's file says, and nothing else.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import {
  arbitraryProfile,
  canonical,
  type PlainSample,
  samplesOf,
} from '../../../test/profile/arbitrary-profile.ts';
import { EXTERNAL_DOMAIN, HEAP_DOMAIN, type Profile, type ProfileMetadata } from '../../model/index.ts';
import type { NewFrame } from '../builder.ts';
import { readProfile } from './read.ts';
import { PROFILE_FORMATS, type ProfileFormat, writeProfile } from './write.ts';

/** What is left of a profile's samples in a format. */
const CARRIED: Readonly<Record<ProfileFormat, (sample: PlainSample) => PlainSample>> = {
  json: (sample) => sample,
  heapprofile: (sample) => sample,
  pprof: withoutScripts,
  folded: (sample) => ({ ...withoutScripts(sample), count: 0, domain: domainOfLeaf(sample) }),
};

function withoutScripts(sample: PlainSample): PlainSample {
  return { ...sample, stack: sample.stack.map(withoutScript) };
}

function withoutScript({ functionName, file, line, column }: NewFrame): NewFrame {
  return { functionName, file, line, column };
}

function domainOfLeaf({ stack }: PlainSample): number {
  const leaf = stack.at(-1);
  return leaf?.functionName === '(external)' && leaf.file === '' ? EXTERNAL_DOMAIN : HEAP_DOMAIN;
}

function carriedMetadata(metadata: ProfileMetadata, formats: readonly ProfileFormat[]): ProfileMetadata {
  return formats.includes('folded') ? { ...metadata, counts: 'none' } : metadata;
}

function through(profile: Profile, formats: readonly ProfileFormat[]): Profile {
  return formats.reduce((current, format) => readProfile(writeProfile(current, format)), profile);
}

function expected(profile: Profile, formats: readonly ProfileFormat[]): PlainSample[] {
  return canonical(
    formats.reduce((samples, format) => canonical(samples.map(CARRIED[format])), samplesOf(profile)),
  );
}

describe('round trips', () => {
  for (const first of PROFILE_FORMATS)
    for (const second of PROFILE_FORMATS)
      it(`${first} → ${second} → ${first} keeps stacks and weights`, () => {
        fc.assert(
          fc.property(arbitraryProfile, (profile) => {
            const formats = [first, second, first];
            const result = through(profile, formats);
            assert.deepEqual(canonical(samplesOf(result)), expected(profile, formats));
            assert.deepEqual(result.metadata, carriedMetadata(profile.metadata, formats));
          }),
        );
      });

  it('keeps the packages and their versions in JSON', () => {
    fc.assert(
      fc.property(arbitraryProfile, (profile) => {
        assert.deepEqual(through(profile, ['json']), profile);
      }),
    );
  });

  it('reads each of them compressed and not', () => {
    fc.assert(
      fc.property(arbitraryProfile, fc.constantFrom(...PROFILE_FORMATS), (profile, format) => {
        const plain = writeProfile(profile, format, { compress: false });
        assert.deepEqual(readProfile(gzipSync(plain)), readProfile(plain));
        assert.deepEqual(gunzipSync(writeProfile(profile, format, { compress: true })), Buffer.from(plain));
      }),
      { numRuns: 50 },
    );
  });
});
