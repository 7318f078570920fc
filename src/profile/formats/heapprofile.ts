// .heapprofile: what V8's inspector answers to HeapProfiler.getSamplingProfile, and what Chrome DevTools opens. A tree of
// nodes, each a call frame with the bytes its own stack holds; `samples` repeats the bytes sample by sample. Lines and columns
// count from 0, and -1 is unknown.
//
// It knows no counts and no memory off the heap. Our own files say both in fields that other readers ignore: `count` and
// `domain` of a sample, and `plimsoll`, the metadata. In a file without it the count is the number of samples, which is less
// than that of objects.
//
// https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/#type-SamplingHeapProfile
import {
  EXTERNAL_DOMAIN,
  frameAt,
  HEAP_DOMAIN,
  NO_SCRIPT,
  NO_STACK,
  type Profile,
  type ProfileMetadata,
} from '../../model/index.ts';
import { type NewFrame, ProfileBuilder, ROOT_FRAME } from '../builder.ts';
import { IdMap } from '../columns/id-map.ts';
import { invalid } from '../errors.ts';
import { inclusiveWeights } from '../weights.ts';
import { isObject, readMetadata } from './metadata.ts';

type CallFrame = Readonly<Record<string, unknown>>;

interface KnownFrame {
  readonly callFrame: CallFrame;
  readonly frame: number;
}

/** A node of the tree, checked as far as it is used. */
interface Node {
  readonly id: number;
  readonly selfSize: number;
  readonly callFrame: CallFrame;
  readonly children: readonly unknown[];
}

/** Of a parsed document. Throws PROFILE_INVALID or PROFILE_TOO_LARGE. */
export function decodeHeapProfile(document: Readonly<Record<string, unknown>>): Profile {
  const builder = new ProfileBuilder();
  const tree = new Tree(builder, document.head);
  const metadata = isObject(document.plimsoll) ? readMetadata(document.plimsoll) : undefined;
  if (metadata) addOwnSamples(builder, tree, list(document.samples, 'samples'));
  else addSelfSizes(builder, tree, document.samples);
  return builder.build(metadata ?? { counts: document.samples === undefined ? 'none' : 'samples' });
}

/** What the nodes become: the builder's stacks by id, and the columns of those nodes that hold something themselves. */
class Tree {
  readonly ids: number[] = [];
  readonly stacks: number[] = [];
  readonly selfSizes: number[] = [];
  readonly #stackOfId = new IdMap();
  readonly #frames = new Map<unknown, KnownFrame>();

  constructor(builder: ProfileBuilder, head: unknown) {
    const root = asNode(head);
    this.#add(root, builder.stackOf([]));
    // Not by recursion: the file decides how deep the tree is.
    const pending = root.children.map((child) => ({ child, parent: NO_STACK }));
    for (let next = pending.pop(); next; next = pending.pop()) {
      const node = asNode(next.child);
      const stack = builder.stack(next.parent, this.#frame(builder, node.callFrame));
      this.#add(node, stack);
      for (const child of node.children) pending.push({ child, parent: stack });
    }
  }

  stackOf(id: unknown): number {
    const stack = typeof id === 'number' ? this.#stackOfId.get(id) : -1;
    if (stack === -1) throw invalid(`a sample is of node ${String(id)}, which is not in the tree`);
    return stack;
  }

  /** Mostly that of the last node whose function has this name: to look at one is quicker than to intern its five parts. */
  #frame(builder: ProfileBuilder, callFrame: CallFrame): number {
    const known = this.#frames.get(callFrame.functionName);
    if (known && isSameFrame(known.callFrame, callFrame)) return known.frame;
    const frame = builder.frame(frameOf(callFrame));
    this.#frames.set(callFrame.functionName, { callFrame, frame });
    return frame;
  }

  #add({ id, selfSize }: Node, stack: number): void {
    this.#stackOfId.set(id, stack);
    if (selfSize === 0) return;
    this.ids.push(id);
    this.stacks.push(stack);
    this.selfSizes.push(selfSize);
  }
}

function addOwnSamples(builder: ProfileBuilder, tree: Tree, samples: readonly unknown[]): void {
  for (const sample of samples) {
    if (!isObject(sample)) throw invalid('a sample is no object');
    const { nodeId, size, count, domain } = sample;
    if (domain !== HEAP_DOMAIN && domain !== EXTERNAL_DOMAIN)
      throw invalid(`a sample's domain is ${String(domain)}`);
    builder.addSample(tree.stackOf(nodeId), size as number, count as number, domain);
  }
}

function addSelfSizes(builder: ProfileBuilder, { ids, stacks, selfSizes }: Tree, samples: unknown): void {
  const counts = samplesById(samples === undefined ? [] : list(samples, 'samples'));
  for (const [index, stack] of stacks.entries()) {
    const count = Math.max(0, counts.get(ids[index] ?? 0));
    builder.addSample(stack, selfSizes[index] ?? 0, count);
  }
}

function samplesById(samples: readonly unknown[]): IdMap {
  const counts = new IdMap();
  for (const sample of samples) {
    const id = isObject(sample) ? sample.nodeId : undefined;
    if (typeof id === 'number') counts.set(id, Math.max(0, counts.get(id)) + 1);
  }
  return counts;
}

function asNode(value: unknown): Node {
  if (!isObject(value) || !isObject(value.callFrame))
    throw invalid('the tree has a node without a callFrame');
  const { id, selfSize, callFrame, children = [] } = value;
  if (typeof id !== 'number') throw invalid('the tree has a node without an id');
  if (typeof selfSize !== 'number') throw invalid(`node ${id} has no selfSize`);
  return { id, selfSize, callFrame, children: list(children, `the children of node ${id}`) };
}

/** Of two with the same function name. */
function isSameFrame(one: CallFrame, other: CallFrame): boolean {
  return (
    one.lineNumber === other.lineNumber &&
    one.columnNumber === other.columnNumber &&
    one.scriptId === other.scriptId &&
    one.url === other.url
  );
}

function frameOf({ functionName, url, lineNumber, columnNumber, scriptId }: CallFrame): NewFrame {
  if (typeof functionName !== 'string' || typeof url !== 'string')
    throw invalid('the tree has a callFrame without functionName or url');
  return {
    functionName,
    file: url,
    line: Number(lineNumber) + 1,
    column: Number(columnNumber) + 1,
    scriptId: Number(scriptId),
  };
}

function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(`${what} is no list`);
  return value;
}

interface WrittenNode {
  readonly callFrame: object;
  selfSize: number;
  readonly id: number;
  readonly children: WrittenNode[];
}

const HEAD_ID = 1;
/** Node of stack 0. */
const FIRST_ID = HEAD_ID + 1;

export function encodeHeapProfile(profile: Profile): string {
  const head = writtenNode(HEAD_ID, ROOT_FRAME);
  const nodes = treeUnder(head, profile);
  const { stack, bytes, count, domain } = profile.samples;
  const samples = Array.from(stack, (index, sample) => {
    const size = bytes[sample] ?? 0;
    const node = nodes[index];
    if (node) node.selfSize += size;
    return {
      size,
      nodeId: index + FIRST_ID,
      ordinal: sample + 1,
      count: count[sample],
      domain: domain[sample],
    };
  });
  return JSON.stringify({ head, samples, plimsoll: profile.metadata satisfies ProfileMetadata });
}

/** Adds a node for each stack that has a sample, itself or below. */
function treeUnder(head: WrittenNode, profile: Profile): (WrittenNode | undefined)[] {
  const { parent, frame } = profile.stacks;
  const weights = inclusiveWeights(profile);
  const nodes: (WrittenNode | undefined)[] = [];
  for (const [stack, caller] of parent.entries()) {
    const node = weights.has(stack)
      ? writtenNode(stack + FIRST_ID, frameAt(profile, frame[stack] ?? 0))
      : undefined;
    nodes.push(node);
    const above = caller === NO_STACK ? head : nodes[caller];
    if (node) above?.children.push(node);
  }
  return nodes;
}

function writtenNode(
  id: number,
  { functionName, file, line, column, scriptId = NO_SCRIPT }: NewFrame,
): WrittenNode {
  const callFrame = {
    functionName,
    scriptId: String(Math.max(0, scriptId)),
    url: file,
    lineNumber: line - 1,
    columnNumber: column - 1,
  };
  return { callFrame, selfSize: 0, id, children: [] };
}
