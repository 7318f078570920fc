// Whose allocation a sample is. V8's builtins (`push`, `set`, `JSON.parse`) are frames of their own, without a file, and
// allocate on behalf of the function that called them: that function is what a person can change. So a frame without a source
// counts for its nearest caller that has one; where there is none in the whole stack, native code stands for itself.
import { NO_STACK, type Profile } from '../model/index.ts';

/** For each stack, the stack whose leaf is billed for it: itself, or the nearest of its callers. */
export function billedStacks({ stacks, frames, files }: Profile): Int32Array {
  const hasSource = files.map(({ origin }) => origin.kind !== 'native' && origin.kind !== 'external');
  const sourceFrames = Uint8Array.from(frames.file, (file) => (hasSource[file] ? 1 : 0));
  const billed = new Int32Array(stacks.parent.length);
  /** 1 for a stack that has a source in it. */
  const withSource = new Uint8Array(stacks.parent.length);
  for (let stack = 0; stack < billed.length; stack += 1) {
    const parent = stacks.parent[stack] as number;
    const isSource = sourceFrames[stacks.frame[stack] as number] === 1;
    const callerHasSource = parent !== NO_STACK && withSource[parent] === 1;
    billed[stack] = !isSource && callerHasSource ? (billed[parent] as number) : stack;
    withSource[stack] = isSource || callerHasSource ? 1 : 0;
  }
  return billed;
}
