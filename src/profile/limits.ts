// The bounds that keep a hostile or broken file from taking the machine with it. Each is far above what profilers write:
// V8 keeps at most 64 frames a stack unless told otherwise, and a profile of a large service is a few megabytes.
import { ProfileError } from './errors.ts';

/** Of a file's content, after decompression. V8 cannot hold a text of more than 512 MiB. */
export const MAX_PROFILE_BYTES = 500 * 1024 ** 2;

/** Frames of one stack. */
export const MAX_STACK_DEPTH = 2000;

/** Frames, stacks, samples or names of one profile. */
export const MAX_ENTRIES = 2 ** 24;

export function checkSize(bytes: number): void {
  if (bytes > MAX_PROFILE_BYTES)
    throw new ProfileError('PROFILE_TOO_LARGE', `the profile has more than ${MAX_PROFILE_BYTES} bytes`);
}

export function checkDepth(depth: number): void {
  if (depth > MAX_STACK_DEPTH)
    throw new ProfileError('PROFILE_TOO_LARGE', `a stack has more than ${MAX_STACK_DEPTH} frames`);
}

export function checkEntries(count: number, what: string): void {
  if (count > MAX_ENTRIES)
    throw new ProfileError('PROFILE_TOO_LARGE', `the profile has more than ${MAX_ENTRIES} ${what}`);
}
