// What of a flame graph is in sight: the focused box over the whole width, its ancestors above it, and what lies under it as far
// as it is wide enough to see.
import { type FlameTree, ROOT } from './tree.ts';

export const BOX_HEIGHT = 20;
/** Narrower boxes are not drawn: their parent's colour shows that there is something. */
const LEAST_PIXELS = 0.7;

export interface Box {
  readonly box: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Calls back for each box in sight, ancestors of the focus first. */
export function forEachBox(tree: FlameTree, focus: number, width: number, visit: (box: Box) => void): void {
  for (let above = tree.parent[focus] as number; above >= ROOT; above = tree.parent[above] as number)
    visit({ box: above, x: 0, y: yOf(tree, above), width });
  const left = tree.start[focus] as number;
  const scale = width / Math.max(1, tree.bytes[focus] as number);
  const end = tree.end[focus] as number;
  for (let box = focus; box < end; ) {
    const boxWidth = (tree.bytes[box] as number) * scale;
    if (boxWidth < LEAST_PIXELS) {
      box = tree.end[box] as number;
      continue;
    }
    visit({ box, x: ((tree.start[box] as number) - left) * scale, y: yOf(tree, box), width: boxWidth });
    box += 1;
  }
}

/** The height that everything in sight needs. */
export function heightOf(tree: FlameTree, focus: number, width: number): number {
  let deepest = 0;
  forEachBox(tree, focus, width, ({ y }) => {
    deepest = Math.max(deepest, y);
  });
  return deepest + BOX_HEIGHT;
}

/** The box at a point, or undefined. Only the row of the point is looked at closely. */
export function boxAt(
  tree: FlameTree,
  focus: number,
  width: number,
  x: number,
  y: number,
): number | undefined {
  const depth = Math.floor(y / BOX_HEIGHT);
  let found: number | undefined;
  forEachBox(tree, focus, width, (seen) => {
    if (tree.depth[seen.box] === depth && x >= seen.x && x < seen.x + seen.width) found = seen.box;
  });
  return found;
}

function yOf(tree: FlameTree, box: number): number {
  return (tree.depth[box] as number) * BOX_HEIGHT;
}

/** Where a key leads from a box: to its caller, its largest callee, its neighbours. Undefined for other keys and past the edge. */
export function neighbour(tree: FlameTree, box: number, key: string): number | undefined {
  const parent = tree.parent[box] as number;
  switch (key) {
    case 'ArrowUp':
      return parent < ROOT ? undefined : parent;
    case 'ArrowDown':
      return (tree.end[box] as number) > box + 1 ? box + 1 : undefined;
    case 'ArrowRight':
      return parent >= ROOT && (tree.end[box] as number) < (tree.end[parent] as number)
        ? tree.end[box]
        : undefined;
    case 'ArrowLeft':
      return before(tree, box, parent);
    default:
      return undefined;
  }
}

function before(tree: FlameTree, box: number, parent: number): number | undefined {
  if (parent < ROOT) return undefined;
  let previous: number | undefined;
  for (let sibling = parent + 1; sibling < box; sibling = tree.end[sibling] as number) previous = sibling;
  return previous;
}
