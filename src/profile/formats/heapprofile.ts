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
import { invalid } from '../errors.ts';
import { inclusiveWeights } from '../weights.ts';
import { isObject, readMetadata } from './metadata.ts';

/** A node of the tree, checked as far as it is used. */
interface Node {
  readonly id: unknown;
  readonly selfSize: number;
  readonly callFrame: Readonly<Record<string, unknown>>;
  readonly children: readonly unknown[];
}

/** Of a parsed document. Throws PROFILE_INVALID or PROFILE_TOO_LARGE. */
export function decodeHeapProfile(document: Readonly<Record<string, unknown>>): Profile {
  const builder = new ProfileBuilder();
  const stacks = new StackOfNode(builder, document.head);
  const metadata = isObject(document.plimsoll) ? readMetadata(document.plimsoll) : undefined;
  if (metadata) addOwnSamples(builder, stacks, list(document.samples, 'samples'));
  else addSelfSizes(builder, stacks, document.samples);
  return builder.build(metadata ?? { counts: document.samples === undefined ? 'none' : 'samples' });
}

/** The tree, as the builder's stack of each node. */
class StackOfNode {
  readonly #byId = new Map<unknown, number>();
  /** Bytes by stack, and the id of the node, in the tree's order. */
  readonly selfSizes: { readonly id: unknown; readonly stack: number; readonly bytes: number }[] = [];

  constructor(builder: ProfileBuilder, head: unknown) {
    const root = asNode(head);
    this.#set(root, builder.stackOf([]));
    // Not by recursion: the file decides how deep the tree is.
    const pending = root.children.map((child) => ({ child, parent: NO_STACK }));
    for (let next = pending.pop(); next; next = pending.pop()) {
      const node = asNode(next.child);
      const stack = builder.stack(next.parent, builder.frame(frameOf(node.callFrame)));
      this.#set(node, stack);
      for (const child of node.children) pending.push({ child, parent: stack });
    }
  }

  of(id: unknown): number {
    const stack = this.#byId.get(id);
    if (stack === undefined) throw invalid(`a sample is of node ${String(id)}, which is not in the tree`);
    return stack;
  }

  #set({ id, selfSize }: Node, stack: number): void {
    this.#byId.set(id, stack);
    if (selfSize !== 0) this.selfSizes.push({ id, stack, bytes: selfSize });
  }
}

function addOwnSamples(builder: ProfileBuilder, stacks: StackOfNode, samples: readonly unknown[]): void {
  for (const sample of samples) {
    if (!isObject(sample)) throw invalid('a sample is no object');
    const { nodeId, size, count, domain } = sample;
    if (domain !== HEAP_DOMAIN && domain !== EXTERNAL_DOMAIN)
      throw invalid(`a sample's domain is ${String(domain)}`);
    builder.addSample(stacks.of(nodeId), size as number, count as number, domain);
  }
}

function addSelfSizes(builder: ProfileBuilder, stacks: StackOfNode, samples: unknown): void {
  const counts = new Map<unknown, number>();
  for (const sample of samples === undefined ? [] : list(samples, 'samples')) {
    const id = isObject(sample) ? sample.nodeId : undefined;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  for (const { id, stack, bytes } of stacks.selfSizes) builder.addSample(stack, bytes, counts.get(id) ?? 0);
}

function asNode(value: unknown): Node {
  if (!isObject(value) || !isObject(value.callFrame))
    throw invalid('the tree has a node without a callFrame');
  const { id, selfSize, callFrame, children = [] } = value;
  if (typeof selfSize !== 'number') throw invalid(`node ${String(id)} has no selfSize`);
  return { id, selfSize, callFrame, children: list(children, `the children of node ${String(id)}`) };
}

function frameOf({ functionName, url, lineNumber, columnNumber, scriptId }: Node['callFrame']): NewFrame {
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
