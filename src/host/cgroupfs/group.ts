// One group and how its files are read: each on its own, so that one that makes no sense costs no other.
import { join } from 'node:path';
import { ParseError } from '../../model/index.ts';
import { readText } from './read-text.ts';

export type Parser<T> = (file: string, text: string) => T;

export interface Group {
  readonly root: string;
  /** Below the root, `/` for the root itself. */
  readonly path: string;
  /** A file of the group, parsed; undefined where it is not there or makes no sense, which is taken note of. */
  readonly read: <T>(file: string, parse: Parser<T>) => T | undefined;
}

export function openGroup(root: string, path: string, note: (problem: string) => void): Group {
  const read = <T>(file: string, parse: Parser<T>): T | undefined => {
    const text = readText(join(root, path, file));
    if (text === undefined) return undefined;
    try {
      return parse(file, text);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      note(error.message);
      return undefined;
    }
  };
  return { root, path, read };
}
