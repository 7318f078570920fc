// Reading a control group's file, with "there is no such file" apart from "it could not be read".
import { readFileSync } from 'node:fs';

/** No such group or file, or the group was removed while it was read. */
const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ENODEV', 'EOPNOTSUPP']);

/** The text of a file, or undefined where there is none. Any other error is thrown as Node.js has it. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (ABSENT.has(code)) return undefined;
    throw error;
  }
}
