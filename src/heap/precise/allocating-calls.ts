// Calls that allocate although the language does not say so: functions and methods of JavaScript's own globals. V8 bills what
// they allocate to the function that calls them, and without a wrapper that is all there is to know.
import type { AnyNode } from 'acorn';
import type { FileNames } from './steady-names.ts';

const FUNCTIONS: ReadonlySet<string> = new Set(['Array', 'Object', 'structuredClone']);

const METHODS: Readonly<Record<string, readonly string[]>> = {
  Array: ['from', 'of'],
  Buffer: ['alloc', 'allocUnsafe', 'concat', 'from'],
  JSON: ['parse', 'stringify'],
  Map: ['groupBy'],
  Object: ['assign', 'create', 'entries', 'fromEntries', 'groupBy', 'keys', 'values'],
};

/** `dynamic` names, or a declaration of the same name anywhere in the file, and it may be something else. */
export function isAllocatingCall(node: AnyNode, { declared, dynamic }: FileNames): boolean {
  if (dynamic || node.type !== 'CallExpression' || node.optional) return false;
  const { callee } = node;
  if (callee.type === 'Identifier') return FUNCTIONS.has(callee.name) && !declared.has(callee.name);
  if (callee.type !== 'MemberExpression' || callee.computed || callee.optional) return false;
  const { object, property } = callee;
  if (object.type !== 'Identifier' || property.type !== 'Identifier' || declared.has(object.name))
    return false;
  return METHODS[object.name]?.includes(property.name) === true;
}
