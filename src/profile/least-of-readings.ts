// Several readings of one thread as one profile: of each stack the least that any of them had. What is garbage in one reading is
// seldom there in all of them; what stays is in each. Off the heap nothing is sampled, and the newest reading stands.
import { HEAP_DOMAIN, type Profile } from '../model/index.ts';
import type { Bytes } from '../units/index.ts';
import { ProfileBuilder } from './builder.ts';
import { copyStacks } from './copied-stacks.ts';

interface Weight {
  readonly bytes: Bytes;
  readonly count: number;
}

/** `earlier`: readings of the same thread. With none it is the newest as it was read. */
export function leastOfReadings(newest: Profile, earlier: readonly Profile[]): Profile {
  if (earlier.length === 0) return newest;
  const builder = new ProfileBuilder();
  const others = earlier.map((profile) => heapByStack(builder, profile));
  const stacks = copyStacks(builder, newest);
  for (const { stack, domain, weight } of samplesOf(newest, stacks)) {
    const least = domain === HEAP_DOMAIN ? leastOf(weight, stack, others) : weight;
    builder.addSample(stack, least.bytes, least.count, domain);
  }
  return builder.build({
    ...newest.metadata,
    basis: { kind: 'minimum', readings: earlier.length + 1 },
  });
}

type WeightByStack = ReadonlyMap<number, Weight>;

const NOTHING: Weight = { bytes: 0, count: 0 };

function leastOf(newest: Weight, stack: number, others: readonly WeightByStack[]): Weight {
  return others
    .map((weights) => weights.get(stack) ?? NOTHING)
    .reduce((least, weight) => (weight.bytes < least.bytes ? weight : least), newest);
}

/** A stack has one sample a domain. */
function heapByStack(builder: ProfileBuilder, profile: Profile): WeightByStack {
  const samples = samplesOf(profile, copyStacks(builder, profile));
  return new Map(
    samples.filter(({ domain }) => domain === HEAP_DOMAIN).map(({ stack, weight }) => [stack, weight]),
  );
}

function samplesOf({ samples }: Profile, stacks: readonly number[]) {
  return Array.from(samples.stack, (at, sample) => ({
    stack: stacks[at] ?? 0,
    domain: samples.domain[sample] ?? HEAP_DOMAIN,
    weight: { bytes: samples.bytes[sample] ?? 0, count: samples.count[sample] ?? 0 },
  }));
}
