// Pads the functions of a file, so that V8 copies none of them into its callers and the allocation sampler names each by itself.
// Text only ever moves within its line, and mostly there is none to move: a function's first statement begins a line.
import { GeneratedText, type Rewritten } from '../rewriting/generated-text.ts';
import type { Goal } from '../rewriting/parser.ts';
import type { FindFunctions, FunctionToPad } from './function-to-pad.ts';
import { PADDING_PREFIX, PADDING_STATEMENT } from './padding.ts';

/** What the longest line of a person's own is unlikely to reach. */
const MINIFIED_CHARACTERS = 300;

/**
 * @param isOwn it is the application's own: its people look its code up by line and column, in stacks of errors and through source
 * maps that know nothing of the padding.
 * @throws {SyntaxError} for what cannot be parsed. {RangeError} for code of the application's own that is minified.
 */
export function padFunctions(
  source: string,
  goal: Goal,
  find: FindFunctions,
  { isOwn }: { readonly isOwn: boolean },
): Rewritten {
  const functions = find(source, goal);
  if (isOwn && functions.some(({ at }) => isInLongLine(source, at)))
    throw new RangeError('it is minified, and padded its columns would not be those of its source map');
  const out = new GeneratedText(source);
  let copied = 0;
  for (const { at, body } of functions) {
    out.copy(copied, at);
    out.insert(textBefore(source, { at, body }));
    copied = at;
  }
  out.copy(copied, source.length);
  return { text: out.text(), places: out.places() };
}

function textBefore(source: string, { at, body }: FunctionToPad): string {
  if (body === 'expression') return PADDING_PREFIX;
  // A directive may end where the line does.
  return source[at - 1] === '{' ? PADDING_STATEMENT : `;${PADDING_STATEMENT}`;
}

function isInLongLine(source: string, at: number): boolean {
  const start = source.lastIndexOf('\n', at - 1) + 1;
  const end = source.indexOf('\n', at);
  return (end < 0 ? source.length : end) - start > MINIFIED_CHARACTERS;
}
