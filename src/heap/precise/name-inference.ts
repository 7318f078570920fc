// JavaScript names an anonymous function or class after what it is assigned to, by the text around it: `const f = () => {}`.
// In a function of its own the expression would lose its name, so it gets it from a property: `({ f: () => {} }).f` is named
// likewise, and unlike a variable a property hides nothing that the function refers to.
// https://tc39.es/ecma262/#sec-runtime-semantics-namedevaluation
import type { AnyNode } from 'acorn';
import { bare } from './syntax.ts';

export type NameGiven =
  | { readonly kind: 'none' }
  /** The property's key, and how the property is read. */
  | { readonly kind: 'known'; readonly key: string; readonly access: string }
  /** A computed key: only the expression around knows. */
  | { readonly kind: 'computed' };

const NONE: NameGiven = { kind: 'none' };
const COMPUTED: NameGiven = { kind: 'computed' };

/** `holder` is what the function or class stands in, parentheses left out. */
export function nameGiven(holder: AnyNode, node: AnyNode): NameGiven {
  switch (holder.type) {
    case 'VariableDeclarator':
      return afterTarget(holder.id);
    case 'AssignmentExpression':
      return /^(?:=|&&=|\|\|=|\?\?=)$/.test(holder.operator) ? afterTarget(holder.left) : NONE;
    case 'AssignmentPattern':
      return bare(holder.right) === node ? afterTarget(holder.left) : NONE;
    case 'Property':
      return isPrototype(holder) ? NONE : afterKey(holder);
    case 'PropertyDefinition':
      return holder.value && bare(holder.value) === node ? afterKey(holder) : NONE;
    case 'ExportDefaultDeclaration':
      return known('default');
    default:
      return NONE;
  }
}

function afterTarget(target: AnyNode): NameGiven {
  return target.type === 'Identifier' ? known(target.name) : NONE;
}

export interface Keyed {
  readonly key: AnyNode;
  readonly computed: boolean;
}

function afterKey({ key, computed }: Keyed): NameGiven {
  if (computed) return COMPUTED;
  const name = keyName(key);
  return name === undefined ? COMPUTED : known(name);
}

/** Of a key that is not computed. */
export function keyName(key: AnyNode): string | undefined {
  if (key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  return key.type === 'Literal' ? String(key.value) : undefined;
}

/** `{ __proto__: … }` sets the prototype: no property, no name. */
export function isPrototype(
  property: Keyed & { readonly method?: boolean; readonly shorthand?: boolean },
): boolean {
  return (
    !property.computed && !property.method && !property.shorthand && keyName(property.key) === '__proto__'
  );
}

function known(name: string): NameGiven {
  return { kind: 'known', key: ownKey(name), access: propertyAccess(name) };
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** The text of a key that defines the property of that name, whatever the name. */
export function ownKey(name: string): string {
  if (name === '__proto__') return '["__proto__"]';
  return IDENTIFIER.test(name) ? name : quoted(name);
}

export function propertyAccess(name: string): string {
  return IDENTIFIER.test(name) ? `.${name}` : `[${quoted(name)}]`;
}

/** On one line. */
function quoted(name: string): string {
  return JSON.stringify(name).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
