// Writes a profile in one of four formats. What each cannot carry stands at the top of its file.
import { gzipSync } from 'node:zlib';
import type { Profile } from '../../model/index.ts';
import { encodeFolded } from './folded.ts';
import { encodeHeapProfile } from './heapprofile.ts';
import { encodeJson } from './json.ts';
import { encodePprof } from './pprof-writer.ts';

export const PROFILE_FORMATS = ['pprof', 'heapprofile', 'folded', 'json'] as const;
export type ProfileFormat = (typeof PROFILE_FORMATS)[number];

/** pprof is always compressed: the format says so. */
export function writeProfile(
  profile: Profile,
  format: ProfileFormat,
  { compress = format === 'pprof' }: { readonly compress?: boolean } = {},
): Uint8Array {
  const content = encode(profile, format);
  return compress ? gzipSync(content) : content;
}

function encode(profile: Profile, format: ProfileFormat): Uint8Array {
  switch (format) {
    case 'pprof':
      return encodePprof(profile);
    case 'heapprofile':
      return new TextEncoder().encode(encodeHeapProfile(profile));
    case 'folded':
      return new TextEncoder().encode(encodeFolded(profile));
    case 'json':
      return new TextEncoder().encode(encodeJson(profile));
  }
}
