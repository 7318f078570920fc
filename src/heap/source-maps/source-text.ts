// The text of a source, for people to read a few lines of: out of the map of the file that was built from it, else from the
// disk, where code that runs as it was written lies (stripped types, plain JavaScript).
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import type { Bytes } from '../../units/index.ts';

/** A name in a source map is a claim: whatever it names, only what looks like code is read. */
const CODE = new Set(['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx']);
const MAX_SOURCE_BYTES: Bytes = 4 * 1024 ** 2;

/** Undefined where there is no such file, or it is none that holds code. */
export function readSourceFile(path: string): string | undefined {
  try {
    // A link may have the name of code and lead to something else.
    const real = realpathSync(path);
    const { size } = statSync(real);
    if (!CODE.has(extname(real)) || size > MAX_SOURCE_BYTES) return undefined;
    return readFileSync(real, 'utf8');
  } catch {
    return undefined;
  }
}

export interface SourceExcerpt {
  /** Of the first of `lines`, from 1. */
  readonly firstLine: number;
  readonly lines: readonly string[];
}

/** V8's sampler gives where a function starts: what matters comes after it. */
const LINES_BEFORE = 2;
const LINES_AFTER = 8;
/** Of a minified file the whole program is one line. */
const MAX_COLUMNS = 200;

/** The lines around `line`; undefined where the text has no such line. */
export function excerptOf(text: string, line: number): SourceExcerpt | undefined {
  const lines = text.split(/\r?\n/, line + LINES_AFTER);
  if (line < 1 || line > lines.length) return undefined;
  const firstLine = Math.max(1, line - LINES_BEFORE);
  return { firstLine, lines: lines.slice(firstLine - 1).map((each) => each.slice(0, MAX_COLUMNS)) };
}
