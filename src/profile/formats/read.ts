// Reads a profile of any format it knows; the bytes tell which it is, not the name of the file.
import { gunzipSync } from 'node:zlib';
import type { Profile } from '../../model/index.ts';
import { invalid, ProfileError } from '../errors.ts';
import { checkSize, MAX_PROFILE_BYTES } from '../limits.ts';
import { decodeFolded } from './folded.ts';
import { decodeHeapProfile } from './heapprofile.ts';
import { decodeJson, JSON_FORMAT } from './json.ts';
import { isObject } from './metadata.ts';
import { decodePprof } from './pprof-reader.ts';

/** How much of a file `refuseHeapDump` needs to see. */
export const HEAD_BYTES = 4096;

/**
 * pprof, .heapprofile, folded stacks or Plimsoll's own JSON, each compressed by gzip or not. Throws nothing but a ProfileError,
 * whatever the bytes.
 */
export function readProfile(bytes: Uint8Array): Profile {
  const content = decompress(bytes);
  checkSize(content.length);
  if (content.length === 0) throw new ProfileError('PROFILE_UNRECOGNISED', 'the file is empty');
  if (looksBinary(content)) return decodePprof(content);
  refuseHeapDump(content);
  const text = decodeText(content);
  return /^\s*[{[]/.test(text) ? readJson(text) : readFolded(text);
}

/** Throws HEAP_DUMP_NOT_SUPPORTED for the start of a .heapsnapshot: those can be too large to be read whole. */
export function refuseHeapDump(head: Uint8Array): void {
  const text = new TextDecoder('latin1').decode(head.subarray(0, HEAD_BYTES));
  if (/^\s*\{\s*"snapshot"\s*:/.test(text))
    throw new ProfileError('HEAP_DUMP_NOT_SUPPORTED', 'this is a heap dump, not an allocation profile');
}

function decompress(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_PROFILE_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') checkSize(MAX_PROFILE_BYTES + 1);
    throw invalid(`the compressed data is broken: ${(error as Error).message}`);
  }
}

/** Text has no control characters but tabs and line ends; pprof's own tags are control characters. */
function looksBinary(content: Uint8Array): boolean {
  return content
    .subarray(0, HEAD_BYTES)
    .some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
}

function decodeText(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new ProfileError('PROFILE_UNRECOGNISED', 'the file is neither pprof nor text in UTF-8');
  }
}

function readJson(text: string): Profile {
  const document = parseJson(text);
  if (isObject(document)) {
    if (document.format === JSON_FORMAT) return decodeJson(document);
    if (isObject(document.head)) return decodeHeapProfile(document);
    if (document.timeDeltas !== undefined)
      throw new ProfileError('PROFILE_NOT_MEMORY', 'the profile measures CPU time');
  }
  throw new ProfileError('PROFILE_UNRECOGNISED', 'the file is JSON, but no profile');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(`the JSON is broken: ${(error as Error).message}`);
  }
}

function readFolded(text: string): Profile {
  const first = text.split('\n', 1)[0]?.trimEnd() ?? '';
  if (!first.startsWith('#') && !/ \d+$/.test(first))
    throw new ProfileError('PROFILE_UNRECOGNISED', 'the file is text, but neither JSON nor folded stacks');
  return decodeFolded(text);
}
