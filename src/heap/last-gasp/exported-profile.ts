// What the native export writes: V8's tree of allocations as JSON, printed without escaping, so that a function called `a"b` makes
// it invalid. Every name and path stands between two fields of a fixed order, which is how they are found and quoted again.
import type { Bytes } from '../../units/index.ts';

export interface ExportedNode {
  readonly name: string;
  readonly scriptName: string;
  readonly scriptId: number;
  /** From 1; 0 is unknown. */
  readonly lineNumber: number;
  /** From 1; 0 is unknown. */
  readonly columnNumber: number;
  readonly children: readonly ExportedNode[];
  readonly allocations: readonly { readonly sizeBytes: Bytes; readonly count: number }[];
}

const NAMES = /\{"name":"(.*?)","scriptName":"(.*?)","scriptId":/gs;

/** @throws {SyntaxError} for anything else, such as a file that was cut off. */
export function parseExportedProfile(text: string): ExportedNode {
  const quoted = text.replace(
    NAMES,
    (_, name: string, script: string) =>
      `{"name":${JSON.stringify(name)},"scriptName":${JSON.stringify(script)},"scriptId":`,
  );
  return JSON.parse(quoted) as ExportedNode;
}
