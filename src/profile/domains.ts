// What lies on the heap and what lies off it, apart.
import { EXTERNAL_DOMAIN, HEAP_DOMAIN, type Profile } from '../model/index.ts';

export function heapOnly(profile: Profile): Profile {
  return ofDomain(profile, HEAP_DOMAIN);
}

/** Buffers, and what lies off the heap and nobody attributed. */
export function externalOnly(profile: Profile): Profile {
  return ofDomain(profile, EXTERNAL_DOMAIN);
}

function ofDomain(profile: Profile, wanted: number): Profile {
  const { stack, bytes, count, domain } = profile.samples;
  if (domain.every((each) => each === wanted)) return profile;
  const isWanted = (_: number, sample: number): boolean => domain[sample] === wanted;
  return {
    ...profile,
    samples: {
      stack: stack.filter(isWanted),
      bytes: bytes.filter(isWanted),
      count: count.filter(isWanted),
      domain: domain.filter(isWanted),
    },
  };
}
