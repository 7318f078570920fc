// The usual way to give an allocation a function of its own: what it is made of is evaluated where it stands, in the same order
// and in the same function, and handed in.
//
//   { id, lines: await read(id) }   becomes   ((id,$0)=>({id:id,lines:$0}))(id, await read(id))
//
// So `await`, `yield`, `this`, `arguments`, `super` and `eval` stay in the function they belong to, and the new function closes
// over nothing: variables that it closed over would stay alive as long as any other closure of their scope.
//
// The one thing that moves is what happens while the parts are put together (a spread is copied, a computed key or a
// substitution is turned into text): it comes after the parts behind it are evaluated. Where these could tell, nothing is lifted.
import type { AnyNode, NewExpression, ObjectExpression, Property, SpreadElement } from 'acorn';
import { type Effects, EVALUATES, USES_SUPER } from './effects.ts';
import { isPrototype, keyName, ownKey, propertyAccess } from './name-inference.ts';
import { type FileNames, isPrimitive, isTimeless } from './steady-names.ts';
import { bare, hasLineBreak, isAnonymous } from './syntax.ts';

export interface Operand {
  readonly node: AnyNode;
  /** Text around it, where it is not an expression by itself. */
  readonly before?: string;
  readonly after?: string;
}

export interface Lifted {
  readonly kind: 'lifted';
  readonly parameters: readonly string[];
  /** What the new function returns: an expression of its parameters and constants alone, on one line. */
  readonly body: string;
  /** Where each parameter's value comes from, in the order of the source. */
  readonly operands: readonly Operand[];
}

export interface LiftingContext {
  readonly source: string;
  readonly names: FileNames;
  /** Begins the names of new parameters; stands nowhere in the source. */
  readonly prefix: string;
  /** Of what stands in a method. */
  readonly effectsInside: (method: AnyNode) => Effects;
}

/** V8 allows 65,535 parameters; a table of so many values is better one site than so many arguments. */
const MAX_OPERANDS = 200;

/** Undefined where the parts cannot be moved apart from what is made of them. */
export function lift(node: AnyNode, context: LiftingContext): Lifted | undefined {
  const parts = new Parts(context);
  const body = bodyOf(node, parts);
  return body === undefined || !parts.movable() ? undefined : parts.lifted(body);
}

function bodyOf(node: AnyNode, parts: Parts): string | undefined {
  switch (node.type) {
    case 'ObjectExpression':
      return objectBody(node, parts);
    case 'ArrayExpression':
      return `[${listBody(node.elements, parts)}]`;
    case 'NewExpression':
      return newBody(node, parts);
    case 'CallExpression':
      return callBody(node.callee, node.arguments, parts);
    case 'TemplateLiteral':
      return `\`${node.quasis
        .map(({ value: { raw } }, index) => {
          const substituted = node.expressions[index];
          const text = onOneLine(raw);
          return substituted ? `${text}\${${parts.add(substituted, !isPrimitive(substituted))}}` : text;
        })
        .join('')}\``;
    default:
      return undefined;
  }
}

/** A line break in a template is a line feed, however it is written in the file. */
function onOneLine(raw: string): string {
  return raw
    .replace(/\\(?:\r\n?|[\n\u2028\u2029])/g, '')
    .replace(/\r\n?|\n/g, '\\n')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

function newBody({ callee, arguments: given }: NewExpression, parts: Parts): string {
  const made = parts.add(callee, false, lastName(callee));
  return `new ${made}(${listBody(given, parts)})`;
}

/** A method of a standard object is not evaluated ahead: it does not change. */
function callBody(callee: AnyNode, given: readonly (AnyNode | null)[], parts: Parts): string {
  const called = callee.type === 'Identifier' ? parts.add(callee, false) : parts.text(callee);
  return `${called}(${listBody(given, parts)})`;
}

/** Of an array or of arguments. */
function listBody(items: readonly (AnyNode | null)[], parts: Parts): string {
  const texts = items.map((item) => {
    if (item === null) return '';
    return item.type === 'SpreadElement' ? spreadBody(item, parts) : parts.value(item);
  });
  // A comma behind the last hole: `[a,]` has one element.
  return texts.join(',') + (items.at(-1) === null ? ',' : '');
}

function spreadBody({ argument }: SpreadElement, parts: Parts): string {
  return `...${parts.add(argument, true)}`;
}

function objectBody({ properties }: ObjectExpression, parts: Parts): string | undefined {
  const texts: string[] = [];
  for (const property of properties) {
    const text =
      property.type === 'SpreadElement' ? spreadBody(property, parts) : propertyBody(property, parts);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return `({${texts.join(',')}})`;
}

function propertyBody(property: Property, parts: Parts): string | undefined {
  const { key, value, computed, kind, method } = property;
  if (kind !== 'init') return undefined;
  // A computed key names the function that stands there, and nothing else can.
  if (computed) return method || isAnonymous(bare(value)) ? undefined : computedBody(property, parts);
  const name = keyName(key);
  if (name === undefined) return undefined;
  const keyText = isPrototype(property) ? '__proto__' : ownKey(name);
  return method ? methodBody(property, keyText, name, parts) : `${keyText}:${parts.value(value)}`;
}

function computedBody({ key, value }: Property, parts: Parts): string {
  return `[${parts.add(key, !isPrimitive(key))}]:${parts.value(value)}`;
}

/** A method without `super` does not know of the object it stands in, and can be made in another. */
function methodBody(property: Property, keyText: string, name: string, parts: Parts): string | undefined {
  if (parts.context.effectsInside(property.value) & (USES_SUPER | EVALUATES)) return undefined;
  return `${keyText}:${parts.addAround(property, '({', `})${propertyAccess(name)}`)}`;
}

class Parts {
  readonly context: LiftingContext;
  readonly #operands: Operand[] = [];
  readonly #parameters: string[] = [];
  #deferred = false;
  #movable = true;

  constructor(context: LiftingContext) {
    this.context = context;
  }

  /** Something is done with a deferred part only when all is put together. Returns the parameter that holds the value. */
  add(node: AnyNode, deferred: boolean, name = nameOf(node)): string {
    if (this.#deferred && !isTimeless(node, this.context.names)) this.#movable = false;
    if (deferred) this.#deferred = true;
    return this.#parameter({ node }, name);
  }

  addAround(node: AnyNode, before: string, after: string): string {
    return this.#parameter({ node, before, after });
  }

  /** A constant stays in the body, where V8 can make it part of a boilerplate. */
  value(node: AnyNode): string {
    const text = this.text(node);
    return isConstant(node) && !hasLineBreak(text) ? text : this.add(node, false);
  }

  text({ start, end }: AnyNode): string {
    return this.context.source.slice(start, end);
  }

  movable(): boolean {
    return this.#movable && this.#operands.length <= MAX_OPERANDS;
  }

  lifted(body: string): Lifted {
    return { kind: 'lifted', parameters: this.#parameters, body, operands: this.#operands };
  }

  /** Called as in the source where that can be: error messages name it. */
  #parameter(operand: Operand, name?: string): string {
    const free = name !== undefined && mayBeParameter(name) && !this.#parameters.includes(name);
    const parameter = free ? name : `${this.context.prefix}${this.#operands.length}`;
    this.#operands.push(operand);
    this.#parameters.push(parameter);
    return parameter;
  }
}

function isConstant(node: AnyNode): boolean {
  if (node.type === 'UnaryExpression')
    return /^(?:-|\+|!|~|void)$/.test(node.operator) && isConstant(node.argument);
  return node.type === 'Literal' && !node.regex;
}

function nameOf(node: AnyNode): string | undefined {
  return node.type === 'Identifier' ? node.name : undefined;
}

function lastName(callee: AnyNode): string | undefined {
  if (callee.type === 'MemberExpression' && !callee.computed) return nameOf(callee.property);
  return nameOf(callee);
}

const RESERVED = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally
  for function if implements import in instanceof interface let new null package private protected public return static super
  switch this throw true try typeof var void while with yield`.split(/\s+/),
);

function mayBeParameter(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name) && !RESERVED.has(name);
}
