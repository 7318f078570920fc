// The stack of whoever allocates, out of V8's own list of call sites: it takes no Error, so that neither the application's
// `Error.prepareStackTrace` nor its `Error.stackTraceLimit` has a part in it. Unlike the sampler's, its lines are those of the
// calls.
import * as util from 'node:util';
import { isInterposed } from '../interposed-code.ts';

export interface CodeFrame {
  readonly functionName: string;
  /** A path or URL as V8 prints it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Frames asked for, five of them the ledger's own. Each costs about 3 µs. */
const STACK_DEPTH = 14;

/** Other runtimes lack it. */
export function canReadCallStacks(): boolean {
  return typeof util.getCallSites === 'function';
}

/**
 * Innermost first. Where Node.js' own JavaScript allocates for somebody (`fs.readFile`), it begins with the somebody, where
 * there is one.
 */
export function callerFrames(): readonly CodeFrame[] {
  const frames = util
    .getCallSites(STACK_DEPTH, { sourceMap: false })
    .filter(({ scriptName }) => !isInterposed(scriptName))
    .map(({ functionName, scriptName, lineNumber, columnNumber }) => ({
      functionName,
      file: scriptName,
      line: lineNumber,
      column: columnNumber,
    }));
  const first = frames.findIndex(({ file }) => file !== '' && !file.startsWith('node:'));
  return first === -1 ? frames : frames.slice(first);
}
