// Expressions whose evaluation may be moved ahead of another's side effects, because neither can tell: they run no code, and
// what they read does not change. Names are judged by the file as a whole, whatever their scopes: one that is declared in it and
// never assigned to is steady behind its declarations, where its value is there.
import type { AnyNode, Identifier } from 'acorn';
import { EVALUATES, ownEffects } from './effects.ts';
import { bare, childrenOf } from './syntax.ts';

export interface FileNames {
  /** Declared somewhere in the file, in whatever scope. */
  readonly declared: ReadonlySet<string>;
  /** Those that are never assigned to, and where the last of their declarations ends. */
  readonly steadyFrom: ReadonlyMap<string, number>;
  /** Names may mean what the text does not show: in a `with` statement. */
  readonly dynamic: boolean;
}

export function namesOf(program: AnyNode): FileNames {
  const declared = new Map<string, number>();
  const changing = new Set<string>();
  let dynamic = false;
  let evaluates = false;
  const visit = (node: AnyNode): void => {
    for (const { target, end } of declaredBy(node))
      for (const name of namesIn(target)) declared.set(name, Math.max(declared.get(name) ?? 0, end));
    for (const target of changedBy(node)) for (const name of namesIn(target)) changing.add(name);
    if (node.type === 'WithStatement') dynamic = true;
    if (ownEffects(node) === EVALUATES) evaluates = true;
    for (const child of childrenOf(node)) visit(child);
  };
  visit(program);
  const steady = dynamic || evaluates ? [] : [...declared].filter(([name]) => !changing.has(name));
  return { declared: new Set(declared.keys()), steadyFrom: new Map(steady), dynamic };
}

interface Declaration {
  readonly target: AnyNode;
  /** From here on the value is there; 0 for what is there from the start of its scope. */
  readonly end: number;
}

function declaredBy(node: AnyNode): readonly Declaration[] {
  switch (node.type) {
    case 'VariableDeclarator':
      return [{ target: node.id, end: node.end }];
    case 'ForInStatement':
    case 'ForOfStatement':
      return node.left.type === 'VariableDeclaration'
        ? node.left.declarations.map(({ id }) => ({ target: id, end: node.right.end }))
        : [];
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return [...(node.id ? [{ target: node.id, end: 0 }] : []), ...parameters(node.params)];
    case 'ArrowFunctionExpression':
      return parameters(node.params);
    case 'ClassDeclaration':
    case 'ClassExpression':
      return node.id ? [{ target: node.id, end: node.end }] : [];
    case 'CatchClause':
      return node.param ? parameters([node.param]) : [];
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return [{ target: node.local, end: 0 }];
    default:
      return [];
  }
}

function parameters(targets: readonly AnyNode[]): readonly Declaration[] {
  return targets.map((target) => ({ target, end: target.end }));
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
function namesIn(target: AnyNode): readonly string[] {
  const plain = bare(target);
  switch (plain.type) {
    case 'Identifier':
      return [plain.name];
    case 'AssignmentPattern':
      return namesIn(plain.left);
    case 'RestElement':
      return namesIn(plain.argument);
    case 'Property':
      return namesIn(plain.value);
    case 'ObjectPattern':
    case 'ArrayPattern':
      return childrenOf(plain).flatMap(namesIn);
    default:
      return [];
  }
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
      return isSteady(node, names);
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

function isSteady({ name, start }: Identifier, { declared, steadyFrom }: FileNames): boolean {
  if (!declared.has(name)) return CONSTANTS.has(name);
  return start >= (steadyFrom.get(name) ?? Number.POSITIVE_INFINITY);
}

/** A value on which no method is called when it becomes text or a key. */
export function isPrimitive(node: AnyNode): boolean {
  const plain = bare(node);
  if (plain.type === 'Literal') return !plain.regex;
  if (plain.type === 'BinaryExpression') return true;
  if (plain.type === 'UpdateExpression' || plain.type === 'TemplateLiteral') return true;
  return plain.type === 'UnaryExpression';
}
