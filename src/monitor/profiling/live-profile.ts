// What V8's sampler answered, as a Profile: each sample is of an object that still lives, under the stack that allocated it.
import type { SamplingDocument, SamplingNode } from '../../heap/index.ts';
import { NO_STACK, type Profile, type ProfileMetadata } from '../../model/index.ts';
import { ProfileBuilder } from '../../profile/index.ts';
import type { ObjectCount } from './object-count.ts';

export function liveProfile(
  { head, samples }: SamplingDocument,
  metadata: Omit<ProfileMetadata, 'counts'>,
  objects: ObjectCount,
): Profile {
  const builder = new ProfileBuilder();
  const stacks = stacksOfNodes(builder, head);
  for (const { nodeId, size } of samples) {
    const stack = stacks.get(nodeId);
    if (stack !== undefined) builder.addSample(stack, size, objects(size));
  }
  return builder.build({ ...metadata, counts: 'objects' });
}

/** By the node's id. What was allocated while no function ran stands at the head itself. */
function stacksOfNodes(builder: ProfileBuilder, head: SamplingNode): ReadonlyMap<number, number> {
  const stacks = new Map<number, number>([[head.id, builder.stackOf([])]]);
  const pending = head.children.map((node) => ({ node, parent: NO_STACK }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { callFrame, id, children } = next.node;
    const stack = builder.stack(
      next.parent,
      builder.frame({
        functionName: callFrame.functionName,
        file: callFrame.url,
        line: callFrame.lineNumber + 1,
        column: callFrame.columnNumber + 1,
        scriptId: Number(callFrame.scriptId),
      }),
    );
    stacks.set(id, stack);
    for (const node of children) pending.push({ node, parent: stack });
  }
  return stacks;
}
