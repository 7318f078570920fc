// Where a generated file says its source map is: the last `//# sourceMappingURL=` comment, as the specification has it.
// https://tc39.es/ecma426/#sec-linking-generated-code

const COMMENT = /^[ \t]*\/[/*][#@][ \t]*sourceMappingURL=([^\s'"`*]+)[ \t]*(?:\*\/[ \t]*)?(?:[\r\n]|$)/;

/** A URL relative to the file, or a `data:` URL that has the map in it; undefined where the file names none. */
export function sourceMapReference(text: string): string | undefined {
  // From the end, and to the end of a line: anything else may be text that the program itself writes.
  for (
    let at = text.lastIndexOf('sourceMappingURL=');
    at > 0;
    at = text.lastIndexOf('sourceMappingURL=', at - 1)
  ) {
    const lineStart = text.lastIndexOf('\n', at) + 1;
    const comment = Math.max(text.lastIndexOf('//', at), text.lastIndexOf('/*', at), lineStart);
    const match = COMMENT.exec(text.slice(comment));
    if (match) return match[1];
  }
  return undefined;
}

const DATA_URL = /^data:[^,;]*(?:;charset=[^,;]*)?(;base64)?,/i;

/** The content of a data: URL; undefined when it is none. */
export function dataUrlContent(url: string): string | undefined {
  const match = DATA_URL.exec(url);
  if (!match) return undefined;
  const content = url.slice(match[0].length);
  return match[1] ? Buffer.from(content, 'base64').toString('utf8') : decodeURIComponent(content);
}
