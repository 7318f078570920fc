// Reading a kernel file as a whole, with "there is no such file" apart from "it could not be read".
import { readFileSync } from 'node:fs';

/** The file is not there, its process is gone, or the kernel was told not to serve it (PSI with `psi=0`). */
const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ESRCH', 'EOPNOTSUPP', 'ENOTSUP']);

/** The text of a file, or undefined where there is none. Any other error is thrown as Node.js has it. */
export function readText(path: string): string | undefined {
  return readIfPresent(() => readFileSync(path, 'utf8'));
}

/** Like readText, for files that hold more than text. */
export function readBytes(path: string): Uint8Array | undefined {
  return readIfPresent(() => readFileSync(path));
}

function readIfPresent<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (ABSENT.has(errorCode(error))) return undefined;
    throw error;
  }
}

/** `ENOENT`, `EMFILE` …, or an empty text where there is none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
