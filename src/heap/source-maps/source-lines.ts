// Single lines of sources, as tracebacks print them. The text of a file is read when a line of it is first asked for; a few are kept.
export type SourceLines = (file: string, line: number) => string | undefined;

/** A traceback's frames stand in fewer files than that, and the next one's in much the same. */
const MAX_FILES = 64;
/** Of a minified file the whole program is one line. */
const MAX_COLUMNS = 200;

/** `textOf`: undefined where a file cannot be had. Lines count from 1. */
export function createSourceLines(textOf: (file: string) => string | undefined): SourceLines {
  const kept = new Map<string, readonly string[]>();
  const linesOf = (file: string): readonly string[] => {
    const known = kept.get(file);
    if (known) return known;
    const lines = textOf(file)?.split(/\r?\n/) ?? [];
    if (kept.size >= MAX_FILES) kept.clear();
    kept.set(file, lines);
    return lines;
  };
  return (file, line) => linesOf(file)[line - 1]?.slice(0, MAX_COLUMNS);
}
