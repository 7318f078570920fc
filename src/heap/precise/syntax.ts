// A module's syntax tree, and the little of it that every part of the rewriting needs to know.
import type { AnyNode } from 'acorn';

/** In the order of the source. A bundle has a million nodes, each asked three times: hence the loops. */
export function childrenOf(node: AnyNode): AnyNode[] {
  // `{ a }` and `{ a = 1 }`: key and value are the same text, and the value is the one that may hold more.
  if (node.type === 'Property' && node.shorthand) return [node.value as AnyNode];
  const children: AnyNode[] = [];
  for (const key in node) {
    const value = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(value)) for (const item of value) addNode(children, item);
    else addNode(children, value);
  }
  // A parser sets some fields before those that stand before them: a template's expressions, its texts.
  return isInOrder(children) ? children : children.sort((a, b) => a.start - b.start);
}

function addNode(children: AnyNode[], value: unknown): void {
  if (typeof value === 'object' && value !== null && typeof (value as AnyNode).type === 'string')
    children.push(value as AnyNode);
}

function isInOrder(nodes: readonly AnyNode[]): boolean {
  for (let index = 1; index < nodes.length; index += 1)
    if ((nodes[index - 1] as AnyNode).start > (nodes[index] as AnyNode).start) return false;
  return true;
}

/** Without the parentheses around it. */
export function bare(node: AnyNode): AnyNode {
  return node.type === 'ParenthesizedExpression' ? bare(node.expression) : node;
}

export type FunctionNode = Extract<
  AnyNode,
  { type: 'FunctionExpression' | 'FunctionDeclaration' | 'ArrowFunctionExpression' }
>;

export function isFunction(node: AnyNode): node is FunctionNode {
  const { type } = node;
  return (
    type === 'FunctionExpression' || type === 'FunctionDeclaration' || type === 'ArrowFunctionExpression'
  );
}

export function isClass(
  node: AnyNode,
): node is Extract<AnyNode, { type: 'ClassExpression' | 'ClassDeclaration' }> {
  return node.type === 'ClassExpression' || node.type === 'ClassDeclaration';
}

/** A function or class that takes its name from where it stands. */
export function isAnonymous(node: AnyNode): boolean {
  if (node.type === 'ArrowFunctionExpression') return true;
  return (node.type === 'FunctionExpression' || node.type === 'ClassExpression') && !node.id;
}

export function hasLineBreak(text: string): boolean {
  return /[\r\n\u2028\u2029]/.test(text);
}
