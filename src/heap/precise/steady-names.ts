// Expressions whose evaluation may be moved ahead of another's side effects, because neither can tell: they run no code, and
// what they read does not change. Names are judged by the file as a whole: one that is declared in it and never assigned to is
// steady wherever it stands.
import type { AnyNode } from 'acorn';
import { EVALUATES, ownEffects } from './effects.ts';
import { bare, childrenOf } from './syntax.ts';

export interface FileNames {
  /** Declared somewhere in the file, in whatever scope. */
  readonly declared: ReadonlySet<string>;
  /** Declared, and never assigned to. */
  readonly steady: ReadonlySet<string>;
  /** Names may mean what the text does not show: in a `with` statement. */
  readonly dynamic: boolean;
}

export function namesOf(program: AnyNode): FileNames {
  const declared = new Set<string>();
  const changing = new Set<string>();
  let dynamic = false;
  let evaluates = false;
  const visit = (node: AnyNode): void => {
    for (const target of declaredBy(node)) collect(target, declared);
    for (const target of changedBy(node)) collect(target, changing);
    if (node.type === 'WithStatement') dynamic = true;
    if (ownEffects(node) === EVALUATES) evaluates = true;
    for (const child of childrenOf(node)) visit(child);
  };
  visit(program);
  const steady = dynamic || evaluates ? [] : [...declared].filter((name) => !changing.has(name));
  return { declared, steady: new Set(steady), dynamic };
}

function declaredBy(node: AnyNode): readonly AnyNode[] {
  switch (node.type) {
    case 'VariableDeclarator':
      return [node.id];
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return node.id ? [node.id, ...node.params] : node.params;
    case 'ArrowFunctionExpression':
      return node.params;
    case 'ClassDeclaration':
    case 'ClassExpression':
      return node.id ? [node.id] : [];
    case 'CatchClause':
      return node.param ? [node.param] : [];
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return [node.local];
    default:
      return [];
  }
}

/** An import changes when its exporter changes it. */
function changedBy(node: AnyNode): readonly AnyNode[] {
  switch (node.type) {
    case 'AssignmentExpression':
      return [node.left];
    case 'UpdateExpression':
      return [node.argument];
    case 'ForInStatement':
    case 'ForOfStatement':
      return node.left.type === 'VariableDeclaration' ? [] : [node.left];
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
      return [node.local];
    default:
      return [];
  }
}

/** The names that a target binds or assigns to. */
function collect(target: AnyNode, names: Set<string>): void {
  const plain = bare(target);
  if (plain.type === 'Identifier') names.add(plain.name);
  else if (plain.type === 'AssignmentPattern') collect(plain.left, names);
  else if (plain.type === 'RestElement') collect(plain.argument, names);
  else if (plain.type === 'Property') collect(plain.value, names);
  else if (plain.type === 'ObjectPattern' || plain.type === 'ArrayPattern')
    for (const child of childrenOf(plain)) collect(child, names);
}

const CONSTANTS: ReadonlySet<string> = new Set(['undefined', 'NaN', 'Infinity']);

/** Whether it makes no difference when the expression is evaluated. */
export function isTimeless(node: AnyNode, names: FileNames): boolean {
  switch (node.type) {
    case 'Literal':
    case 'ThisExpression':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return true;
    case 'Identifier':
      return names.steady.has(node.name) || (CONSTANTS.has(node.name) && !names.declared.has(node.name));
    case 'ParenthesizedExpression':
      return isTimeless(node.expression, names);
    case 'UnaryExpression':
      return /^(?:!|void|typeof)$/.test(node.operator) && isTimeless(node.argument, names);
    case 'TemplateLiteral':
      return node.expressions.length === 0;
    case 'ConditionalExpression':
    case 'LogicalExpression':
      return childrenOf(node).every((child) => isTimeless(child, names));
    default:
      return false;
  }
}

/** A value on which no method is called when it becomes text or a key. */
export function isPrimitive(node: AnyNode): boolean {
  const plain = bare(node);
  if (plain.type === 'Literal') return !plain.regex;
  if (plain.type === 'BinaryExpression') return true;
  if (plain.type === 'UpdateExpression' || plain.type === 'TemplateLiteral') return true;
  return plain.type === 'UnaryExpression';
}
