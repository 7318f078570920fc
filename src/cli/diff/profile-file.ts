// A profile out of a file that an operator named: every error says which file it is about.
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { CodedError, type Profile } from '../../model/index.ts';
import { checkSize, HEAD_BYTES, ProfileError, readProfile, refuseHeapDump } from '../../profile/index.ts';

/** Throws a ProfileError, or PROFILE_UNREADABLE. */
export function readProfileFile(path: string): Profile {
  try {
    refuseUnread(path);
    return readProfile(readFileSync(path));
  } catch (error) {
    throw error instanceof ProfileError ? error.about(path) : unreadable(path, error as Error);
  }
}

/** Heap dumps and others that are too large to be read to the end. A pipe has no size, and no start to look at twice. */
function refuseUnread(path: string): void {
  const info = statSync(path);
  if (!info.isFile()) return;
  refuseHeapDump(readHead(path));
  checkSize(info.size);
}

function readHead(path: string): Uint8Array {
  const descriptor = openSync(path, 'r');
  try {
    const head = new Uint8Array(HEAD_BYTES);
    return head.subarray(0, readSync(descriptor, head));
  } finally {
    closeSync(descriptor);
  }
}

function unreadable(path: string, cause: Error): CodedError {
  return new CodedError(
    'PROFILE_UNREADABLE',
    `${path} cannot be read: ${cause.message}`,
    'give a file that exists and that this user may read',
    { cause },
  );
}
