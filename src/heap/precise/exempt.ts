// Allocation expressions that stay as they are, because something looks at their text or place.
import type { AnyNode } from 'acorn';
import type { Goal } from '../rewriting/parser.ts';
import { bare, isAnonymous, isClass, isFunction } from './syntax.ts';

/** What stands around an expression, the nearest last; parentheses are left out. */
export type Around = readonly AnyNode[];

export function isExempt(node: AnyNode, around: Around, goal: Goal): boolean {
  const holder = around.at(-1);
  if (!holder) return false;
  if (isFunction(node) || isClass(node)) {
    if (isCalledAtOnce(node, holder) || isNamedByMember(node, holder)) return true;
  }
  if (isMethodBody(node, holder) || isTagged(node, holder) || isError(node, holder)) return true;
  return goal !== 'module' && isReadAsExports(node, around);
}

/** `(function () {})()` is gone as soon as it was called. */
function isCalledAtOnce(node: AnyNode, holder: AnyNode): boolean {
  return holder.type === 'CallExpression' && bare(holder.callee) === node;
}

/** `Orders.prototype.add = function () {}`: V8 calls it Orders.add by the text, in stacks and profiles alone. */
function isNamedByMember(node: AnyNode, holder: AnyNode): boolean {
  return (
    holder.type === 'AssignmentExpression' && holder.left.type === 'MemberExpression' && isAnonymous(node)
  );
}

/** The value of a method is no expression. */
function isMethodBody(node: AnyNode, holder: AnyNode): boolean {
  if (holder.type === 'MethodDefinition') return holder.value === node;
  return holder.type === 'Property' && holder.value === node && (holder.method || holder.kind !== 'init');
}

function isTagged(node: AnyNode, holder: AnyNode): boolean {
  return holder.type === 'TaggedTemplateExpression' && holder.quasi === node;
}

/** An error remembers where it was made: its stack should begin there, and not at a wrapper. */
function isError(node: AnyNode, holder: AnyNode): boolean {
  if (node.type !== 'NewExpression') return false;
  if (holder.type === 'ThrowStatement') return true;
  const callee = bare(node.callee);
  const name = callee.type === 'MemberExpression' ? callee.property : callee;
  return name.type === 'Identifier' && /(?:Error|Exception)$/.test(name.name);
}

/** Node.js finds the names that a CommonJS module exports by its text. https://github.com/nodejs/cjs-module-lexer */
function isReadAsExports(node: AnyNode, around: Around): boolean {
  const [outer, holder] = around.slice(-2);
  if (holder && isListed(node, holder)) return true;
  // What stands directly in such an object is part of the pattern.
  return (
    outer !== undefined && holder?.type === 'Property' && around.length > 2 && isListed(outer, around.at(-3))
  );
}

function isListed(node: AnyNode, holder: AnyNode | undefined): boolean {
  if (holder?.type === 'AssignmentExpression') return isExports(holder.left);
  if (holder?.type === 'MemberExpression') return isObjectKeys(node) && isNamed(holder.property, 'forEach');
  if (holder?.type !== 'CallExpression' || holder.callee.type !== 'MemberExpression') return false;
  const { object, property } = holder.callee;
  const [first] = holder.arguments;
  if (isNamed(property, 'defineProperty')) return first !== undefined && isExports(first);
  // `Object.keys(other).forEach(function (key) { … exports[key] = other[key] … })`
  return isNamed(property, 'forEach') && isFunction(node) && isObjectKeys(object);
}

function isNamed(node: AnyNode, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}

function isExports(node: AnyNode): boolean {
  return isNamed(node, 'exports') || isMember(node, 'module', 'exports');
}

function isObjectKeys(node: AnyNode): boolean {
  return node.type === 'CallExpression' && isMember(node.callee, 'Object', 'keys');
}

function isMember(node: AnyNode, object: string, property: string): boolean {
  return node.type === 'MemberExpression' && isNamed(node.object, object) && isNamed(node.property, property);
}
