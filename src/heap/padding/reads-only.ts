// Which short functions can be seen to do nothing but read, compare and decide: most getters, many predicates. They allocate
// nothing, so nothing of theirs can be billed to a caller, and copying them is what inlining is worth most for.

/** Longer ones are not looked at. */
const MAX_CHARACTERS = 200;

/** Names, properties, literals and the operators that make nothing new. */
const PLAIN = /^[\s\w$.#!<>=&|?:;]*$/;
const SHORT_TEXT = /'[\w\s.-]*'|"[\w\s.-]*"/g;
/** Of large integers, each result is an object. */
const COMPUTES = />>|<<|(?<!&)&(?!&)|(?<!\|)\|(?!\|)/;
const ASSIGNS = /(?<![=!<>])=(?!=)|[&|?]{2}=/;
const ALLOCATES = /\b(?:arguments|async|await|class|debugger|delete|function|new|throw|typeof|void|yield)\b/;

/** @param open where the parameters' parenthesis opens. @param brace where the body's brace opens. */
export function readsOnly(source: string, open: number, brace: number): boolean {
  const end = source.indexOf('}', brace);
  if (end < 0 || end - open > MAX_CHARACTERS) return false;
  return (
    hasPlainParameters(source.slice(open, brace)) &&
    !isAsyncOrGenerator(source, open) &&
    isPlain(source.slice(brace + 1, end))
  );
}

/** @param arrow where it stands. @param start of the expression. */
export function readsOnlyExpression(source: string, arrow: number, start: number): boolean {
  const text = source.slice(start, start + MAX_CHARACTERS);
  const end = text.search(/[,;)\]}]/);
  // In the next line the expression may go on.
  return (
    end > 0 &&
    hasPlainArrow(source, arrow) &&
    !text.slice(0, end).includes('\n') &&
    isPlain(text.slice(0, end))
  );
}

function isPlain(text: string): boolean {
  const rest = text.replace(SHORT_TEXT, '0');
  return PLAIN.test(rest) && !ASSIGNS.test(rest) && !COMPUTES.test(rest) && !ALLOCATES.test(rest);
}

function hasPlainParameters(text: string): boolean {
  return /^\([\w$\s,]*\)\s*$/.test(text);
}

function hasPlainArrow(source: string, arrow: number): boolean {
  const before = source.slice(Math.max(0, arrow - MAX_CHARACTERS), arrow);
  return (
    /(?:^|[^\w$.\s]|return)\s*(?:[\w$]+|\([\w$\s,]*\))\s*$/.test(before) &&
    !/\basync\s*\(?[\w$\s,]*\)?\s*$/.test(before)
  );
}

function isAsyncOrGenerator(source: string, open: number): boolean {
  const line = source.slice(Math.max(0, source.lastIndexOf('\n', open), open - MAX_CHARACTERS), open);
  return /(?:\basync\b|\*)[^;{}()]*$/.test(line);
}
