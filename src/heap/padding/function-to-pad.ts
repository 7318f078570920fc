// A function that has to be padded, whoever found it.
import type { Goal } from '../rewriting/parser.ts';

export interface FunctionToPad {
  readonly at: number;
  /** Whether the padding goes before an arrow function's expression, or before the first of a block's statements. */
  readonly body: 'expression' | 'statements';
}

/** In the order of the source. @throws {SyntaxError} for what cannot be parsed. */
export type FindFunctions = (source: string, goal: Goal) => readonly FunctionToPad[];
