// Rewrites a file so that each of its allocation expressions is the body of a function of its own: `[a, b]` becomes
// `((a,b)=>[a,b])(a, b)`. V8's allocation sampler knows where functions start, and so it knows the line of each.
import type { AnyNode } from 'acorn';
import { GeneratedText, type Rewritten } from '../rewriting/generated-text.ts';
import type { Goal, Parse } from '../rewriting/parser.ts';
import { type AllocationSites, allocationSites, type Whole } from './allocation-sites.ts';
import type { Lifted } from './lifted.ts';
import { childrenOf } from './syntax.ts';

/** @throws {SyntaxError} for what cannot be parsed. {RangeError} for what is nested too deeply. */
export function rewrite(source: string, goal: Goal, parse: Parse): Rewritten {
  const program = parse(source, goal);
  const out = new GeneratedText(source);
  new Rewriting(allocationSites(program, source, goal), out).emit(program);
  out.copy(program.end, source.length);
  const text = out.text();
  // What Node.js is handed must be as good as what it was: better no precision than a service that does not start.
  parse(text, goal);
  return { text, places: out.places() };
}

const STATEMENT_LISTS = new Set(['Program', 'BlockStatement', 'StaticBlock', 'SwitchCase']);
const END_LIKE_STATEMENTS = new Set([
  'ExpressionStatement',
  'VariableDeclaration',
  'ReturnStatement',
  'ThrowStatement',
  'ExportDefaultDeclaration',
  'PropertyDefinition',
]);

class Rewriting {
  readonly #sites: AllocationSites;
  readonly #out: GeneratedText;
  readonly #starts: ReadonlySet<number>;
  /** Where arrow functions end: what follows in the next line may not continue one, but it may continue a call. */
  readonly #arrowEnds: ReadonlySet<number>;
  /** Where callees of `new` start that were not lifted: a call there would be taken for the constructor. */
  readonly #calleeStarts = new Set<number>();

  constructor(sites: AllocationSites, out: GeneratedText) {
    this.#sites = sites;
    this.#out = out;
    const nodes = [...sites.keys()];
    this.#starts = new Set(nodes.map(({ start }) => start));
    const arrows = nodes.filter(({ type }) => type === 'ArrowFunctionExpression');
    this.#arrowEnds = new Set(arrows.map(({ end }) => end));
  }

  emit(node: AnyNode): void {
    const wrapping = this.#sites.get(node);
    if (node.type === 'NewExpression' && wrapping?.kind !== 'lifted')
      this.#calleeStarts.add(node.callee.start);
    if (wrapping) this.#emitSite(node, wrapping);
    else this.#emitChildren(node);
  }

  #emitSite(node: AnyNode, wrapping: Whole | Lifted): void {
    const isCallee = this.#calleeStarts.has(node.start) && node.type !== 'NewExpression';
    this.#out.insert(isCallee ? '((' : '(');
    this.#out.site(node.start);
    if (wrapping.kind === 'whole') this.#emitWhole(node, wrapping);
    else this.#emitLifted(node, wrapping);
    this.#out.insert(isCallee ? '))' : ')');
  }

  #emitWhole(node: AnyNode, { before, after }: Whole): void {
    this.#out.insert(`()=>${before}`);
    this.#emitChildren(node);
    this.#out.insert(`${after})(`);
  }

  #emitLifted(node: AnyNode, { parameters, body, operands }: Lifted): void {
    this.#out.insert(`(${parameters.join(',')})=>${body})(`);
    let at = node.start;
    for (const [index, { node: operand, before = '', after = '' }] of operands.entries()) {
      this.#out.copyLineBreaks(at, operand.start);
      this.#out.insert(`${index > 0 ? ',' : ''}${before}`);
      this.emit(operand);
      this.#out.insert(after);
      at = operand.end;
    }
    this.#out.copyLineBreaks(at, node.end);
  }

  #emitChildren(node: AnyNode): void {
    const inList = STATEMENT_LISTS.has(node.type);
    let at = node.start;
    for (const [index, child] of childrenOf(node).entries()) {
      if (child.start < at) continue;
      this.#out.copy(at, child.start);
      // The statement before may have ended where it did because this one could not continue it. Now it could.
      if (inList && index > 0 && child.type === 'ExpressionStatement' && this.#starts.has(child.start))
        this.#out.insert(';');
      this.emit(child);
      if (this.#endsInArrow(child, node)) this.#out.insert(';');
      at = child.end;
    }
    this.#out.copy(at, node.end);
  }

  #endsInArrow(child: AnyNode, parent: AnyNode): boolean {
    if (!this.#arrowEnds.has(child.end) || !END_LIKE_STATEMENTS.has(child.type)) return false;
    return !/^For(?:In|Of)?Statement$/.test(parent.type);
  }
}
