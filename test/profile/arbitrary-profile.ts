// Profiles for property tests: random ones, and what makes two of them the same.
import fc from 'fast-check';
import {
  EXTERNAL_DOMAIN,
  frameAt,
  framesOfStack,
  HEAP_DOMAIN,
  type Profile,
  type ProfileMetadata,
} from '../../src/model/index.ts';
import { type NewFrame, ProfileBuilder } from '../../src/profile/builder.ts';

// Names that formats could trip over: separators, what looks like a position, quotes, line ends, other scripts.
const name = fc.oneof(
  fc.constantFrom(
    '',
    'remember',
    '(anonymous)',
    '(root)',
    '(external)',
    'a;b',
    '50%',
    '%3B',
    'f (x:1:2)',
    'two\nlines',
    'é𐌰"\\',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const file = fc.oneof(
  fc.constantFrom(
    '',
    '/srv/orders.ts',
    'file:///srv/a%20b.mjs',
    'node:fs',
    '/srv/node_modules/@s/p/i.js',
    'C:\\a:1',
    'a (b)',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const position = fc.oneof(fc.nat(3), fc.integer({ min: 0, max: 2 ** 31 - 1 }));

export const arbitraryFrame: fc.Arbitrary<NewFrame> = fc.record(
  {
    functionName: name,
    file,
    line: position,
    column: position,
    scriptId: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  },
  { requiredKeys: ['functionName', 'file', 'line', 'column'], noNullPrototype: true },
);

const seconds = fc.integer({ min: 1, max: 4e9 });
export const arbitraryMetadata: fc.Arbitrary<ProfileMetadata> = fc.record(
  {
    atSeconds: seconds,
    trigger: fc.constantFrom('threshold', 'manual', 'growth', 'near-limit'),
    sampleIntervalBytes: fc.integer({ min: 1, max: 2 ** 30 }),
    stackLimit: fc.integer({ min: 1, max: 128 }),
    basis: fc.oneof(
      fc.constantFrom({ kind: 'after-major-collection' } as const, { kind: 'as-read' } as const),
      fc.integer({ min: 2, max: 9 }).map((readings) => ({ kind: 'minimum', readings }) as const),
    ),
    calleesMayBeBilledToCallers: fc.boolean(),
    heapUsedBytes: fc.nat(),
    rssBytes: fc.nat(),
    threadName: fc.string({ unit: 'grapheme' }),
    counts: fc.constantFrom('objects', 'samples'),
  },
  { requiredKeys: ['counts'], noNullPrototype: true },
) as fc.Arbitrary<ProfileMetadata>;

const weight = fc.oneof(fc.nat(1000), fc.nat(2 ** 40));

/** Up to 12 frames, combined into up to 20 samples. */
export const arbitraryProfile: fc.Arbitrary<Profile> = fc
  .record({
    metadata: arbitraryMetadata,
    frames: fc.array(arbitraryFrame, { minLength: 1, maxLength: 12 }),
    samples: fc.array(
      fc.record({
        path: fc.array(fc.nat(11), { minLength: 1, maxLength: 8 }),
        bytes: weight,
        count: weight,
        domain: fc.constantFrom(HEAP_DOMAIN, EXTERNAL_DOMAIN),
      }),
      { maxLength: 20 },
    ),
  })
  .map(({ metadata, frames, samples }) => {
    const builder = new ProfileBuilder();
    const numbers = frames.map((frame) => builder.frame(frame));
    for (const { path, bytes, count, domain } of samples) {
      const stack = builder.stackOf(path.map((index) => numbers[index % numbers.length] ?? 0));
      builder.addSample(stack, bytes, count, domain);
    }
    return builder.build(metadata);
  });

export interface PlainSample {
  /** Outermost first. */
  readonly stack: readonly NewFrame[];
  readonly bytes: number;
  readonly count: number;
  readonly domain: number;
}

/** The samples without tables and numbers. */
export function samplesOf(profile: Profile): PlainSample[] {
  const { stack, bytes, count, domain } = profile.samples;
  return Array.from(stack, (index, sample) => ({
    stack: framesOfStack(profile, index)
      .reverse()
      .map((frame) => {
        const { origin: _, ...rest } = frameAt(profile, frame);
        return rest;
      }),
    bytes: bytes[sample] ?? 0,
    count: count[sample] ?? 0,
    domain: domain[sample] ?? 0,
  }));
}

/** Samples of one stack and domain summed, those of no weight left out, in an order of their own: equal for equal profiles. */
export function canonical(samples: readonly PlainSample[]): PlainSample[] {
  const sums = new Map<string, PlainSample>();
  for (const sample of samples) {
    const key = JSON.stringify([sample.stack.map(frameKey), sample.domain]);
    const known = sums.get(key) ?? { ...sample, bytes: 0, count: 0 };
    sums.set(key, { ...known, bytes: known.bytes + sample.bytes, count: known.count + sample.count });
  }
  return [...sums]
    .filter(([, { bytes, count }]) => bytes > 0 || count > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sample]) => sample);
}

function frameKey({ functionName, file, line, column, scriptId }: NewFrame): unknown {
  return [functionName, file, line, column, scriptId];
}
