// What in an expression belongs to the function around it, so that the expression cannot simply become the body of another
// function: `await`, `yield`, a direct `eval` that could declare variables there; and `super`, which belongs to a method.
import type { AnyNode } from 'acorn';
import { bare, isFunction } from './syntax.ts';

export const NO_EFFECT = 0;
export const SUSPENDS = 1;
export const EVALUATES = 2;
export const USES_SUPER = 4;

/** A set of the above. */
export type Effects = number;

/** Of the node alone, without what stands in it. */
export function ownEffects(node: AnyNode): Effects {
  switch (node.type) {
    case 'AwaitExpression':
    case 'YieldExpression':
      return SUSPENDS;
    case 'Super':
      return USES_SUPER;
    case 'CallExpression':
      return isDirectEval(node.callee) ? EVALUATES : NO_EFFECT;
    default:
      return NO_EFFECT;
  }
}

function isDirectEval(callee: AnyNode): boolean {
  const called = bare(callee);
  return called.type === 'Identifier' && called.name === 'eval';
}

/** Of what stands in `node`, as seen from around it. */
export function effectsThrough(node: AnyNode, inside: Effects): Effects {
  // An arrow function has no `super` of its own, and its eval may use it.
  if (node.type === 'ArrowFunctionExpression') return inside & ~SUSPENDS;
  return isFunction(node) || node.type === 'StaticBlock' ? NO_EFFECT : inside;
}
