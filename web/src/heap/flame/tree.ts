// A flame graph's boxes as columns, laid out once. Boxes stand in the order of a walk from the root (a box, then all that lies
// under it), so that whatever is too narrow to see is skipped with all of its descendants in one step: what is drawn is bounded
// by the pixels, not by the profile.
import type { FrameOrigin, Profile } from '../../../../src/model/index.ts';
import { NOTHING, NodeTable, type OwnWeights, ROOT } from './node-table.ts';

export { ROOT } from './node-table.ts';

export interface FlamePlace {
  readonly functionName: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly origin: FrameOrigin;
}

/** One entry a box; box 0 is the root, which stands for everything. */
export interface FlameTree {
  readonly places: readonly FlamePlace[];
  /** Index into `places`; -1 for the root. */
  readonly place: Int32Array;
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  /** The first box that does not lie under this one. */
  readonly end: Int32Array;
  /** Where it starts, in bytes from the left. */
  readonly start: Float64Array;
  /** Its width: live bytes with all that lies under it. */
  readonly bytes: Float64Array;
  readonly count: Float64Array;
  /** The same in the snapshot before; 0 where there is none to compare with. */
  readonly beforeBytes: Float64Array;
  readonly maxDepth: number;
}

export interface FlameRequest {
  readonly profile: Profile;
  readonly before?: Profile | undefined;
  /** The function that allocated first, its callers under it. */
  readonly inverted: boolean;
}

export function buildFlameTree({ profile, before, inverted }: FlameRequest): FlameTree {
  const nodes = new NodeTable(profile.stacks.parent.length);
  const profiles = before ? [profile, before] : [profile];
  const [now = NOTHING, then] = inverted
    ? nodes.addInverted(profiles)
    : profiles.map((one) => nodes.add(one));
  return layOut(nodes, now, then);
}

function layOut(nodes: NodeTable, now: OwnWeights, then: OwnWeights | undefined): FlameTree {
  const bytes = inclusive(nodes, now.bytes);
  const count = inclusive(nodes, now.count);
  const before = inclusive(nodes, then?.bytes ?? NOTHING.bytes);
  const order = walk(nodes, bytes);
  const boxOf = new Int32Array(nodes.size);
  for (let box = 0; box < order.length; box += 1) boxOf[order[box] as number] = box;
  const pick = (column: Float64Array) =>
    new Float64Array(order.length).map((_, box) => column[order[box] as number] as number);
  const parent = order.map((node) => (node === ROOT ? -1 : (boxOf[nodes.parent(node)] as number)));
  const placed = { parent, bytes: pick(bytes) };
  const depth = depths(parent);
  return {
    ...placed,
    places: nodes.places.all(),
    place: order.map((node) => (node === ROOT ? -1 : nodes.place(node))),
    depth,
    end: ends(parent),
    start: starts(placed),
    count: pick(count),
    beforeBytes: pick(before),
    maxDepth: depth.reduce((most, value) => Math.max(most, value), 0),
  };
}

/** Later profiles may have made nodes that `own` does not reach. */
function inclusive(nodes: NodeTable, own: Float64Array): Float64Array {
  const sums = new Float64Array(nodes.size);
  sums.set(own);
  for (let node = nodes.size - 1; node > ROOT; node -= 1) {
    const parent = nodes.parent(node);
    sums[parent] = (sums[parent] as number) + (sums[node] as number);
  }
  return sums;
}

/** The nodes from the root down, the largest sibling first, without those that hold nothing now. */
function walk(nodes: NodeTable, bytes: Float64Array): Int32Array {
  const children = childrenOf(nodes, bytes);
  const order = new Int32Array(nodes.size);
  let size = 0;
  const pending = [ROOT];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    order[size] = node;
    size += 1;
    const under = children[node];
    if (!under) continue;
    under.sort((a, b) => (bytes[a] as number) - (bytes[b] as number));
    for (const child of under) pending.push(child);
  }
  return order.subarray(0, size);
}

function childrenOf(nodes: NodeTable, bytes: Float64Array): (number[] | undefined)[] {
  const children: (number[] | undefined)[] = Array.from({ length: nodes.size });
  for (let node = 1; node < nodes.size; node += 1) {
    if (bytes[node] === 0) continue;
    const parent = nodes.parent(node);
    const siblings = children[parent];
    if (siblings) siblings.push(node);
    else children[parent] = [node];
  }
  return children;
}

function depths(parent: Int32Array): Int32Array {
  const depth = new Int32Array(parent.length);
  for (let box = 1; box < depth.length; box += 1) depth[box] = (depth[parent[box] as number] as number) + 1;
  return depth;
}

function ends(parent: Int32Array): Int32Array {
  const end = parent.map((_, box) => box + 1);
  for (let box = parent.length - 1; box > ROOT; box -= 1) {
    const above = parent[box] as number;
    end[above] = Math.max(end[above] as number, end[box] as number);
  }
  return end;
}

/** Siblings stand side by side from their parent's left edge. */
function starts({
  parent,
  bytes,
}: {
  readonly parent: Int32Array;
  readonly bytes: Float64Array;
}): Float64Array {
  const start = new Float64Array(parent.length);
  const free = new Float64Array(parent.length);
  for (let box = 1; box < parent.length; box += 1) {
    const above = parent[box] as number;
    start[box] = (start[above] as number) + (free[above] as number);
    free[above] = (free[above] as number) + (bytes[box] as number);
  }
  return start;
}
