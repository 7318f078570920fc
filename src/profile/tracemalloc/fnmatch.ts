// Shell patterns as Python's fnmatch has them: * any run of characters, ? one, [seq] one of these, [!seq] one that is none of
// these; a separator is a character like any other, and case counts. Matching never goes back further than to the newest *, so
// a pattern full of them costs at most the product of both lengths.

type Item =
  | { readonly kind: 'run' }
  | { readonly kind: 'any' }
  | { readonly kind: 'character'; readonly character: number }
  | { readonly kind: 'set'; readonly negated: boolean; readonly ranges: readonly Range[] };
type Range = readonly [low: number, high: number];

/** A test for names. */
export function fnmatch(pattern: string): (name: string) => boolean {
  const items = parse(codePoints(pattern));
  return (name) => matches(items, codePoints(name));
}

const [STAR, QUESTION, OPEN, CLOSE, NOT, HYPHEN] = codePoints('*?[]!-') as [
  number,
  number,
  number,
  number,
  number,
  number,
];

function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}

function parse(pattern: readonly number[]): Item[] {
  const items: Item[] = [];
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern[index] as number;
    const close = character === OPEN ? endOfSet(pattern, index + 1) : -1;
    if (close !== -1) {
      items.push(parseSet(pattern.slice(index + 1, close)));
      index = close;
    } else items.push(simpleItem(character));
  }
  return items;
}

function simpleItem(character: number): Item {
  if (character === STAR) return { kind: 'run' };
  if (character === QUESTION) return { kind: 'any' };
  return { kind: 'character', character };
}

/** Where the set ends that starts at `start`, or -1. A bracket that comes first is one of its characters. */
function endOfSet(pattern: readonly number[], start: number): number {
  let first = start;
  if (pattern[first] === NOT) first += 1;
  if (pattern[first] === CLOSE) first += 1;
  return pattern.indexOf(CLOSE, first);
}

function parseSet(content: readonly number[]): Item {
  const negated = content[0] === NOT;
  const characters = negated ? content.slice(1) : content;
  const ranges: Range[] = [];
  for (let index = 0; index < characters.length; ) {
    const low = characters[index] as number;
    const isRange = characters[index + 1] === HYPHEN && index + 2 < characters.length;
    ranges.push([low, isRange ? (characters[index + 2] as number) : low]);
    index += isRange ? 3 : 1;
  }
  return { kind: 'set', negated, ranges };
}

function matches(items: readonly Item[], name: readonly number[]): boolean {
  let item = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < name.length) {
    const current = items[item];
    if (current?.kind === 'run') {
      star = item;
      starAt = at;
      item += 1;
    } else if (current !== undefined && accepts(current, name[at] as number)) {
      item += 1;
      at += 1;
    } else if (star !== -1) {
      // The newest * takes one character more.
      starAt += 1;
      at = starAt;
      item = star + 1;
    } else return false;
  }
  return items.slice(item).every(({ kind }) => kind === 'run');
}

function accepts(item: Item, character: number): boolean {
  switch (item.kind) {
    case 'run':
    case 'any':
      return true;
    case 'character':
      return item.character === character;
    case 'set':
      return item.ranges.some(([low, high]) => low <= character && character <= high) !== item.negated;
  }
}
