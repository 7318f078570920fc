// What V8's sampler answered, as a Profile: each sample is of an object that still lives, under the stack that allocated it; and
// the buffers, where they are attributed.
import { isInterposed, type SamplingDocument, type SamplingNode } from '../../heap/index.ts';
import { NO_STACK, type Profile, type ProfileMetadata, present } from '../../model/index.ts';
import { type NewFrame, ProfileBuilder, ROOT_FRAME } from '../../profile/index.ts';
import { addBuffers, buffersAsWritten } from './buffer-profile.ts';
import type { BufferReading } from './buffer-sites.ts';
import type { FramePlaces } from './frame-places.ts';
import type { ObjectCount } from './object-count.ts';

export function liveProfile(
  { head, samples }: SamplingDocument,
  metadata: Omit<ProfileMetadata, 'counts'>,
  objects: ObjectCount,
  places: FramePlaces,
  buffers?: BufferReading,
): Profile {
  const builder = new ProfileBuilder();
  const stacks = stacksOfNodes(builder, head, places);
  for (const { nodeId, size } of samples) {
    const stack = stacks.get(nodeId);
    if (stack !== undefined) builder.addSample(stack, size, objects(size));
  }
  if (buffers) addBuffers(builder, buffersAsWritten(buffers, places));
  return builder.build({
    ...metadata,
    counts: 'objects',
    ...present({ buffersAtSeconds: buffers?.atSeconds }),
  });
}

/** A function that runs: its stack, and what it takes to put it elsewhere in the same function. */
interface Caller {
  readonly stack: number;
  /** The stack that called it. */
  readonly below: number;
  /** Where the function starts. */
  readonly frame: NewFrame;
}

const NOBODY: Caller = { stack: NO_STACK, below: NO_STACK, frame: ROOT_FRAME };

export type StackNode = Pick<SamplingNode, 'id' | 'callFrame'> & { readonly children: readonly StackNode[] };

/** By the node's id. What was allocated while no function ran stands at the head itself. */
export function stacksOfNodes(
  builder: ProfileBuilder,
  head: StackNode,
  places: FramePlaces,
): ReadonlyMap<number, number> {
  const root = builder.stackOf([]);
  const stacks = new Map<number, number>([[head.id, root]]);
  const pending = head.children.map((node) => ({ node, caller: NOBODY }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { id, children } = next.node;
    const called = calledBy(next.caller, next.node, { builder, places });
    stacks.set(id, called.stack === NO_STACK ? root : called.stack);
    for (const node of children) pending.push({ node, caller: called });
  }
  return stacks;
}

function calledBy(
  caller: Caller,
  { callFrame }: StackNode,
  { builder, places }: { readonly builder: ProfileBuilder; readonly places: FramePlaces },
): Caller {
  if (isInterposed(callFrame.url)) return caller;
  if (places.isSite(callFrame, caller.frame)) {
    const frame = places.inFunction(callFrame, caller.frame);
    return { ...caller, stack: builder.stack(caller.below, builder.frame(frame)) };
  }
  const frame = places.of(callFrame);
  return { stack: builder.stack(caller.stack, builder.frame(frame)), below: caller.stack, frame };
}
