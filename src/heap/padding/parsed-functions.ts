// Finds the functions of a file that have to be padded by parsing it: exact, and slow, so only what the scan is in doubt of comes
// here. It looks over the parser's shoulder, for which the tree would have to be walked again. Left out is what neither allocates nor calls anything, most getters and many predicates: V8 may
// copy those, for nothing of theirs can be billed to anybody.
import { createRequire } from 'node:module';
import type { Function as AnyFunction, Node, Options, Parser, Statement } from 'acorn';
import type { FindFunctions, FunctionToPad } from './function-to-pad.ts';

/** The parser's own methods that are overridden; they are the ones that its plugins build on. */
interface Internals extends Parser {
  readonly type: object;
  readonly start: number;
  parseFunctionBody(node: AnyFunction, isArrow: boolean, ...more: unknown[]): void;
  finishNode(node: Node, type: string): Node;
}

type InternalsClass = new (options: Options, source: string) => Internals;

export function loadFunctionParser(): FindFunctions {
  const acorn = createRequire(import.meta.url)('acorn') as typeof import('acorn');
  const Finder = finderOn(acorn.Parser as unknown as InternalsClass, acorn.tokTypes.braceL);
  return (source, goal) => {
    const options: Options = { ecmaVersion: 'latest', allowHashBang: true, sourceType: goal };
    const finder = new Finder(options, source);
    finder.parse();
    return finder.found.sort((a, b) => a.at - b.at);
  };
}

interface FinderClass {
  new (options: Options, source: string): Internals & { readonly found: FunctionToPad[] };
}

function finderOn(Base: InternalsClass, brace: object): FinderClass {
  return class Finder extends Base {
    readonly found: FunctionToPad[] = [];
    /** Whether the innermost function that is being parsed does something that may allocate. */
    #allocates = false;

    override parseFunctionBody(node: AnyFunction, isArrow: boolean, ...more: unknown[]): void {
      const { start } = this;
      const body = isArrow && this.type !== brace ? 'expression' : 'statements';
      this.#allocates = node.async || node.generator || node.params.some(({ type }) => type !== 'Identifier');
      super.parseFunctionBody(node, isArrow, ...more);
      if (isAsm(node)) this.#forgetFrom(start);
      else if (this.#allocates)
        this.found.push({ at: body === 'expression' ? start : afterDirectives(node), body });
      // The function itself is an object of the one around it.
      this.#allocates = true;
    }

    #forgetFrom(start: number): void {
      while ((this.found.at(-1)?.at ?? -1) >= start) this.found.pop();
    }

    override finishNode(node: Node, type: string): Node {
      const finished = super.finishNode(node, type);
      this.#allocates ||= mayAllocate(finished as Partial<Finished> & Node);
      return finished;
    }
  };
}

/** What a function is found to do beside reading, comparing and deciding. */
const ALLOCATING = new Set([
  'ArrayExpression',
  'ArrayPattern',
  'AssignmentPattern',
  'AwaitExpression',
  'CallExpression',
  'ClassDeclaration',
  'ClassExpression',
  'ForInStatement',
  'ForOfStatement',
  'ImportExpression',
  'NewExpression',
  'ObjectExpression',
  'ObjectPattern',
  'SpreadElement',
  'TaggedTemplateExpression',
  'TemplateLiteral',
  'UpdateExpression',
  'YieldExpression',
]);

const COMPARISONS = new Set(['==', '!=', '===', '!==', '<', '<=', '>', '>=', 'in', 'instanceof']);

interface Finished {
  readonly operator: string;
  readonly left: Node;
  readonly raw: string;
  readonly name: string;
}

function mayAllocate(node: Partial<Finished> & Node): boolean {
  switch (node.type) {
    // A string grows, a number does not fit in its place.
    case 'BinaryExpression':
      return !COMPARISONS.has(node.operator ?? '');
    // A property more, of an object or a table that has to grow.
    case 'AssignmentExpression':
      return node.operator !== '=' || node.left?.type !== 'Identifier';
    case 'Literal':
      return node.raw?.startsWith('/') ?? false;
    case 'Identifier':
      return node.name === 'arguments';
    default:
      return ALLOCATING.has(node.type);
  }
}

type Directive = Statement & { readonly directive: string };

/** Padded, it and what is in it would be no asm.js any more. */
function isAsm({ body }: AnyFunction): boolean {
  return directivesOf(body).some(({ directive }) => directive === 'use asm');
}

/** Before the first statement that is none of `'use strict'` and its like. */
function afterDirectives({ body }: AnyFunction): number {
  return directivesOf(body).at(-1)?.end ?? body.start + 1;
}

function directivesOf(body: AnyFunction['body']): readonly Directive[] {
  if (body.type !== 'BlockStatement') return [];
  return body.body.filter((statement): statement is Directive => 'directive' in statement);
}
