// Finds the functions of a file that have to be padded without parsing it: a parser takes a third of a second for a megabyte, at
// every start of the service, and leaves a tree ten times as large. All that has to be known is where code is code, and not the
// inside of a string, a template, a comment or a regular expression; then a function's body is the block after `)` or `=>`.
//
// A mistake must not change the program. So whatever cannot be told for certain is left to the parser: whether `/` divides or
// begins a regular expression is plain after all but a few tokens, and a file with one of those is in doubt, as a whole. Of
// blocks it need not be sure: in front of any list of statements padding does no harm, and the two kinds of braces after `)` that
// hold none, those of classes and of `switch`, are known by their words. Types and markup, which a loader behind this one would
// take out, give themselves away by tokens that JavaScript has not in that order.
import type { FunctionToPad } from './function-to-pad.ts';
import { readsOnly, readsOnlyExpression } from './reads-only.ts';

/** The file has to be parsed. */
export class InDoubt extends Error {
  override readonly name = 'InDoubt';
}

/** In the order of the source. @throws {InDoubt} */
export function scanFunctions(source: string): readonly FunctionToPad[] {
  return new Scan(source).run();
}

/** What the token before was, as far as it decides what the next one means. */
type Before =
  /** An operator, an opening bracket, the beginning: `/` begins a regular expression, `{` an object or a block. */
  | 'operator'
  /** The end of an operand: `/` divides. */
  | 'operand'
  | 'closing-parenthesis'
  | 'arrow'
  /** A name follows, keyword or not. */
  | 'dot'
  /** A statement follows. */
  | 'statement'
  /** Whether an operand has ended cannot be told. */
  | 'doubt';

interface Open {
  readonly bracket: '(' | '[' | '{' | '${';
  readonly at: number;
  /** Of a parenthesis the word before it, of a brace what it holds. */
  readonly role: string;
}

/** Words after which `/` begins a regular expression. */
const OPERATOR_WORDS = new Set(
  'case default delete extends in instanceof new return throw typeof void'.split(' '),
);
const STATEMENT_WORDS = new Set(['do', 'else', 'finally', 'try']);
/** Names or keywords, as it may be; or a line may end after them. */
const DOUBTFUL_WORDS = new Set('await break continue debugger of yield'.split(' '));
/** With a parenthesis after them, and then a statement. */
const CONTROL_WORDS = new Set(['for', 'if', 'while', 'with']);
const MEMBERS = new Set(['class', 'object']);
/** No name follows them in JavaScript. */
const TYPE_WORDS = new Set(
  'abstract declare enum interface namespace opaque private protected public readonly type'.split(' '),
);
const DECLARING_WORDS = new Set(['const', 'let', 'var']);

const WORD = /(?:[\w$#]|(?!\s)[\u0080-\uffff])+/y;
const NUMBER = /(?:0[xX][\da-fA-F_]+n?|(?:[\d_]*\.?[\d_]+|[\d_]+\.?)(?:[eE][+-]?[\d_]+)?n?|0[bo][\d_]+n?)/y;
const SINGLE_QUOTED = /'[^'\\\n\r]*(?:\\(?:\r\n|[\s\S])[^'\\\n\r]*)*'/y;
const DOUBLE_QUOTED = /"[^"\\\n\r]*(?:\\(?:\r\n|[\s\S])[^"\\\n\r]*)*"/y;
const TEMPLATE_PART = /[^`\\$]*(?:(?:\\[\s\S]|\$(?!\{))[^`\\$]*)*(?:`|\$\{)/y;
const REGULAR_EXPRESSION = /\/(?:[^/\\[\n\r\u2028\u2029]|\\[^\n\r]|\[(?:[^\]\\\n\r]|\\[^\n\r])*\])+\/[\w$]*/y;
const BLANK = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)+/y;
const STRICT = /(['"])use strict\1[ \t]*;/y;
/** Comments of old, in scripts alone. */
const HTML_COMMENT = /<!--|^[ \t]*-->/m;

class Scan {
  readonly #source: string;
  readonly #found: FunctionToPad[] = [];
  readonly #open: Open[] = [];
  /** At how many open brackets a class waits for its body. */
  readonly #classes: number[] = [];
  #at = 0;
  #before: Before = 'operator';
  /** The word that was the token before, or ''. */
  #word = '';
  /** That before it, if that was one too. */
  #wordBefore = '';
  #wordEnd = 0;
  /** The character that the token before began with, if it was an operator. */
  #operator = '';
  /** Of each open bracket, and of the file first: `?` that wait for their `:`. */
  readonly #questions = [0];
  /** The parenthesis that was closed last. */
  #closed: Open | undefined;

  readonly #tokens: Readonly<Record<string, () => void>> = {
    "'": () => this.#operand(SINGLE_QUOTED),
    '"': () => this.#operand(DOUBLE_QUOTED),
    '`': () => this.#template(1),
    '/': () => this.#slash(),
    '(': () => this.#push('(', this.#parenthesisRole()),
    '[': () => this.#push('[', ''),
    '{': () => this.#brace(),
    ')': () => this.#closingParenthesis(),
    ']': () => this.#closingBracket(),
    '}': () => this.#closingBrace(),
    '=': () => this.#equals(),
    '.': () => this.#dot(),
    '+': () => this.#sign('+'),
    '-': () => this.#sign('-'),
    ';': () => this.#take(1, 'statement'),
    '?': () => this.#question(),
    ':': () => this.#colon(),
    '<': () => this.#less(),
    '@': refuse,
    '\\': refuse,
  };

  constructor(source: string) {
    this.#source = source;
  }

  run(): readonly FunctionToPad[] {
    if (HTML_COMMENT.test(this.#source)) throw new InDoubt('comments as in HTML');
    if (this.#source.startsWith('#!')) this.#at = this.#source.search(/[\n\r]|$/);
    for (;;) {
      this.#skipBlank();
      if (this.#at >= this.#source.length) break;
      this.#token();
    }
    if (this.#open.length > 0) throw new InDoubt('brackets stay open');
    return this.#found;
  }

  #token(): void {
    const character = this.#source[this.#at] as string;
    const known = this.#tokens[character];
    if (known) known();
    else this.#wordOrOperator(character);
  }

  #skipBlank(): void {
    this.#match(BLANK);
  }

  /** Its length. */
  #match(pattern: RegExp): number {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#source)) return 0;
    const length = pattern.lastIndex - this.#at;
    this.#at = pattern.lastIndex;
    return length;
  }

  #take(length: number, before: Before): void {
    this.#operator = this.#source[this.#at] ?? '';
    this.#at += length;
    this.#before = before;
    this.#wordBefore = '';
    this.#word = '';
  }

  #operand(pattern: RegExp): void {
    if (this.#match(pattern) === 0) throw new InDoubt('a literal that does not end');
    this.#take(0, 'operand');
  }

  /** `begin`: the length of what its next part begins with. */
  #template(begin: number): void {
    this.#at += begin;
    if (this.#match(TEMPLATE_PART) === 0) throw new InDoubt('a template that does not end');
    const ends = this.#source[this.#at - 1] === '`';
    if (!ends) this.#enter({ bracket: '${', at: this.#at, role: '' });
    this.#take(0, ends ? 'operand' : 'operator');
  }

  #slash(): void {
    const { isOperand, isOperator } = this.#whatPrecedes();
    if (isOperand) this.#take(1, 'operator');
    else if (isOperator) this.#operand(REGULAR_EXPRESSION);
    else throw new InDoubt('a regular expression or a division');
  }

  #whatPrecedes(): { readonly isOperand: boolean; readonly isOperator: boolean } {
    const before = this.#before;
    if (before === 'closing-parenthesis') {
      const isOperator = CONTROL_WORDS.has(this.#closed?.role ?? '');
      return { isOperand: !isOperator, isOperator };
    }
    const isOperator = before === 'operator' || before === 'arrow' || before === 'statement';
    return { isOperand: before === 'operand', isOperator };
  }

  #push(bracket: Open['bracket'], role: string): void {
    this.#enter({ bracket, at: this.#at, role });
    this.#take(1, 'operator');
  }

  #enter(open: Open): void {
    this.#open.push(open);
    this.#questions.push(0);
  }

  #pop(bracket: Open['bracket']): Open {
    const open = this.#open.pop();
    this.#questions.pop();
    if (open?.bracket !== bracket) throw new InDoubt('brackets that do not match');
    if ((this.#classes.at(-1) ?? 0) > this.#open.length) throw new InDoubt('a class without a body');
    return open;
  }

  #parenthesisRole(): string {
    return this.#word === 'await' && this.#wordBefore === 'for' ? 'for' : this.#word;
  }

  #brace(): void {
    if (this.#classes.at(-1) === this.#open.length) {
      this.#classes.pop();
      this.#push('{', 'class');
    } else {
      this.#block();
      this.#push('{', this.#beginsObject() ? 'object' : 'block');
    }
  }

  #block(): void {
    if (this.#before === 'arrow') this.#pad();
    else if (this.#before === 'closing-parenthesis' && this.#closed && this.#isBody(this.#closed))
      if (!readsOnly(this.#source, this.#closed.at, this.#at)) this.#pad();
  }

  /** Or, at times, a block. */
  #beginsObject(): boolean {
    if (this.#before !== 'operator') return false;
    return this.#operator !== ':' || this.#open.at(-1)?.role === 'object';
  }

  /** Of the block that follows the parenthesis; true of more than functions where it does no harm. */
  #isBody({ role }: Open): boolean {
    if (role === 'switch') return false;
    return !(CONTROL_WORDS.has(role) || role === 'catch') || MEMBERS.has(this.#open.at(-1)?.role ?? '');
  }

  /** The block that begins here. */
  #pad(): void {
    const brace = this.#at;
    this.#at += 1;
    this.#skipBlank();
    const at = this.#match(STRICT) > 0 ? this.#at : brace + 1;
    this.#skipBlank();
    if (/['"]/.test(this.#source[this.#at] ?? '')) throw new InDoubt('a directive or an expression');
    this.#found.push({ at, body: 'statements' });
    this.#at = brace;
  }

  #closingBrace(): void {
    const isSubstitution = this.#open.at(-1)?.bracket === '${';
    this.#pop(isSubstitution ? '${' : '{');
    if (isSubstitution) this.#template(1);
    // Of a block or of an object.
    else this.#take(1, 'doubt');
  }

  #closingParenthesis(): void {
    this.#closed = this.#pop('(');
    this.#take(1, 'closing-parenthesis');
  }

  #closingBracket(): void {
    this.#pop('[');
    this.#take(1, 'operand');
  }

  #equals(): void {
    if (this.#source[this.#at + 1] === '>') this.#arrow();
    else this.#take(1, 'operator');
  }

  #arrow(): void {
    const arrow = this.#at;
    this.#take(2, 'arrow');
    this.#skipBlank();
    if (this.#source[this.#at] === '{' || readsOnlyExpression(this.#source, arrow, this.#at)) return;
    this.#found.push({ at: this.#at, body: 'expression' });
  }

  #dot(): void {
    if (/\d/.test(this.#source[this.#at + 1] ?? '')) this.#operand(NUMBER);
    else if (this.#source.startsWith('...', this.#at)) this.#take(3, 'operator');
    else this.#take(1, 'dot');
  }

  #sign(character: string): void {
    const isDouble = this.#source[this.#at + 1] === character;
    this.#take(isDouble ? 2 : 1, isDouble ? 'doubt' : 'operator');
  }

  #question(): void {
    const next = this.#source[this.#at + 1];
    if (next === '?') this.#take(2, 'operator');
    else {
      if (next !== '.') this.#questions.push((this.#questions.pop() ?? 0) + 1);
      this.#take(1, 'operator');
    }
  }

  #colon(): void {
    const waiting = this.#questions.pop() ?? 0;
    this.#questions.push(Math.max(0, waiting - 1));
    if (waiting === 0 && this.#isBeforeType()) throw new InDoubt('types');
    this.#take(1, 'operator');
  }

  /** Of a colon that answers no `?`: in JavaScript it follows a label, a case or a property's name. */
  #isBeforeType(): boolean {
    const around = this.#open.at(-1);
    if (around && (around.bracket !== '{' || around.role === 'class')) return true;
    return this.#before === 'closing-parenthesis' || DECLARING_WORDS.has(this.#wordBefore);
  }

  /** It compares what stands before it with what follows. */
  #less(): void {
    if (['operator', 'statement', 'arrow'].includes(this.#before)) throw new InDoubt('markup');
    this.#take(this.#source[this.#at + 1] === '<' ? 2 : 1, 'operator');
  }

  #wordOrOperator(character: string): void {
    const start = this.#at;
    if (/\d/.test(character)) this.#operand(NUMBER);
    else if (this.#match(WORD) > 0) this.#keyword(this.#source.slice(start, this.#at));
    else this.#take(1, 'operator');
  }

  #keyword(word: string): void {
    const isName = this.#before === 'dot';
    const previous = this.#word;
    if (TYPE_WORDS.has(previous) && this.#isTyped(word)) throw new InDoubt('types');
    if (!isName && word === 'class' && this.#beginsClass()) this.#classes.push(this.#open.length);
    this.#take(0, isName ? 'operand' : beforeAfter(word));
    this.#word = isName ? '' : word;
    this.#wordBefore = previous;
    this.#wordEnd = this.#at;
  }

  /** By the word before, which is a name where a line ends after it (`a = type`) and where one looks into it (`const type of types`). */
  #isTyped(word: string): boolean {
    if (word === 'in' || word === 'instanceof') return false;
    if (word === 'of' && DECLARING_WORDS.has(this.#wordBefore)) return false;
    return this.#word === 'enum' || !/[\n\r]/.test(this.#source.slice(this.#wordEnd, this.#at - word.length));
  }

  /** It is also a property's name. */
  #beginsClass(): boolean {
    const at = this.#at;
    this.#skipBlank();
    const begins = !/[:(,}=;)?]/.test(this.#source[this.#at] ?? ';');
    this.#at = at;
    return begins;
  }
}

function beforeAfter(word: string): Before {
  if (OPERATOR_WORDS.has(word)) return 'operator';
  if (STATEMENT_WORDS.has(word)) return 'statement';
  return DOUBTFUL_WORDS.has(word) ? 'doubt' : 'operand';
}

function refuse(): never {
  throw new InDoubt('decorators, or names with escapes');
}
