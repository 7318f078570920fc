// The parser of those who rewrite modules, and what they tell it of a module.
import { createRequire } from 'node:module';
import type { Options, Program } from 'acorn';

/** What the text is compiled as: a script's and a CommonJS module's rules differ in what may stand at the top. */
export type Goal = 'module' | 'commonjs' | 'script';

export type Parse = (source: string, goal: Goal) => Program;

/** The parser is loaded by who asks for it: who rewrites nothing never pays for it. */
export function loadParser(): Parse {
  const { parse } = createRequire(import.meta.url)('acorn') as typeof import('acorn');
  // Parentheses stay in the tree: `(f) = function () {}` names no function, and an edit must not lose one.
  const options: Options = { ecmaVersion: 'latest', allowHashBang: true, preserveParens: true };
  return (source, goal) => parse(source, { ...options, sourceType: goal });
}

export const LINE_BREAK = /\r\n?|[\n\u2028\u2029]/g;
