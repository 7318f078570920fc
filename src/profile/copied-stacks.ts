// The stacks of one profile in another that is being put together.
import { frameAt, NO_STACK, type Profile } from '../model/index.ts';
import type { ProfileBuilder } from './builder.ts';

/** By the profile's stack, the builder's; outermost frames are called by the builder's stack `under`. */
export function copyStacks(builder: ProfileBuilder, profile: Profile, under = NO_STACK): number[] {
  const frames = Array.from(profile.frames.file, (_, frame) => builder.frame(frameAt(profile, frame)));
  const stacks: number[] = [];
  for (const [stack, parent] of profile.stacks.parent.entries()) {
    const caller = parent === NO_STACK ? under : (stacks[parent] ?? under);
    stacks.push(builder.stack(caller, frames[profile.stacks.frame[stack] ?? 0] ?? 0));
  }
  return stacks;
}
