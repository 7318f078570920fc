// Finds the expressions that allocate, and decides how each gets a function of its own.
import type { AnyNode } from 'acorn';
import type { Goal } from '../rewriting/parser.ts';
import { isAllocatingCall } from './allocating-calls.ts';
import { type Effects, EVALUATES, effectsThrough, NO_EFFECT, ownEffects, SUSPENDS } from './effects.ts';
import { isExempt } from './exempt.ts';
import { type Lifted, type LiftingContext, lift } from './lifted.ts';
import { type NameGiven, nameGiven } from './name-inference.ts';
import { type FileNames, namesOf } from './steady-names.ts';
import { childrenOf, isAnonymous, isFunction } from './syntax.ts';

/** The expression as it stands becomes the body of the new function. */
export interface Whole {
  readonly kind: 'whole';
  /** Around the expression, in the body. */
  readonly before: string;
  readonly after: string;
}

export type AllocationSites = ReadonlyMap<AnyNode, Whole | Lifted>;

/** Of a parsed file. */
export function allocationSites(program: AnyNode, source: string, goal: Goal): AllocationSites {
  const finder = new SiteFinder(source, goal, namesOf(program));
  finder.visit(program);
  return finder.sites;
}

class SiteFinder {
  readonly sites = new Map<AnyNode, Whole | Lifted>();
  readonly #goal: Goal;
  readonly #names: FileNames;
  readonly #lifting: LiftingContext;
  /** Of what stands in each function. */
  readonly #inside = new Map<AnyNode, Effects>();
  /** Without parentheses. */
  readonly #around: AnyNode[] = [];

  constructor(source: string, goal: Goal, names: FileNames) {
    this.#goal = goal;
    this.#names = names;
    this.#lifting = {
      source,
      names,
      prefix: unusedPrefix(source),
      effectsInside: (method) => this.#inside.get(method) ?? NO_EFFECT,
    };
  }

  /** Returns what the node does in the function around it. */
  visit(node: AnyNode): Effects {
    // V8 compiles it by rules of its own.
    if (isFunction(node) && isAsm(node.body)) return NO_EFFECT;
    const inside = this.#visitChildren(node);
    if (isFunction(node)) this.#inside.set(node, inside);
    const wrapping = isExempt(node, this.#around, this.#goal) ? undefined : this.#wrapping(node, inside);
    if (wrapping) this.sites.set(node, wrapping);
    return ownEffects(node) | effectsThrough(node, inside);
  }

  #visitChildren(node: AnyNode): Effects {
    if (node.type !== 'ParenthesizedExpression') this.#around.push(node);
    let inside = NO_EFFECT;
    for (const child of childrenOf(node)) {
      const effects = this.visit(child);
      // A field's value is evaluated in a function of its own.
      if (node.type !== 'PropertyDefinition' || child === node.key) inside |= effects;
    }
    if (node.type !== 'ParenthesizedExpression') this.#around.pop();
    return inside;
  }

  #wrapping(node: AnyNode, inside: Effects): Whole | Lifted | undefined {
    switch (node.type) {
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return this.#wholeNamed(node);
      case 'ClassExpression':
        return inside & (SUSPENDS | EVALUATES) ? undefined : this.#wholeNamed(node);
      case 'ObjectExpression':
        return lift(node, this.#lifting) ?? this.#whole(inside, '(', ')');
      case 'TemplateLiteral':
        if (node.expressions.length === 0) return undefined;
        return lift(node, this.#lifting) ?? this.#whole(inside);
      case 'ArrayExpression':
      case 'NewExpression':
        return lift(node, this.#lifting) ?? this.#whole(inside);
      case 'CallExpression':
        return isAllocatingCall(node, this.#names) ? lift(node, this.#lifting) : undefined;
      case 'Literal':
        return node.regex ? { kind: 'whole', before: '', after: '' } : undefined;
      default:
        return undefined;
    }
  }

  #whole(inside: Effects, before = '', after = ''): Whole | undefined {
    return inside & (SUSPENDS | EVALUATES) ? undefined : { kind: 'whole', before, after };
  }

  #wholeNamed(node: AnyNode): Whole | undefined {
    const holder = this.#around.at(-1);
    const name: NameGiven = isAnonymous(node) && holder ? nameGiven(holder, node) : { kind: 'none' };
    switch (name.kind) {
      case 'none':
        return { kind: 'whole', before: '', after: '' };
      case 'known':
        return { kind: 'whole', before: `({${name.key}:`, after: `})${name.access}` };
      case 'computed':
        return undefined;
    }
  }
}

function isAsm(body: AnyNode): boolean {
  if (body.type !== 'BlockStatement') return false;
  return body.body.some(
    (statement) => statement.type === 'ExpressionStatement' && statement.directive === 'use asm',
  );
}

function unusedPrefix(source: string): string {
  let prefix = '$';
  while (new RegExp(`\\${prefix}\\d`).test(source)) prefix += '_';
  return prefix;
}
