// For tests: what stands in the file of a kept snapshot.
import { frameAt, framesOfStack, type Profile, type ProfileFrame } from '../../src/model/index.ts';

export { allocationSites, readProfile } from '../../src/profile/index.ts';

/** The frames of the first stack that passes through the line, from there outwards. */
export function framesOfSite(profile: Profile, line: number): readonly ProfileFrame[] {
  for (const stack of profile.samples.stack) {
    const frames = framesOfStack(profile, stack).map((frame) => frameAt(profile, frame));
    const at = frames.findIndex((frame) => frame.line === line);
    if (at >= 0) return frames.slice(at);
  }
  return [];
}
