// Whose call it was. Much of what stays is allocated by Node.js' own code or by V8, at a place that tells nobody what to change: the
// nearest frame above it that is the application's or a package's does.
import { frameAt, framesOfStack, type Profile } from '../model/index.ts';
import type { Bytes } from '../units/index.ts';
import type { Place } from './grouping.ts';

const isRuntime = (profile: Profile, frame: number): boolean => {
  const { kind } = frameAt(profile, frame).origin;
  return kind !== 'application' && kind !== 'dependency';
};

/** For each of `keys`, places of the runtime, the one that called it for most of its bytes. `keysOfStacks`: which key a stack counts for. */
export function callersOf(
  profile: Profile,
  keysOfStacks: Int32Array,
  keys: ReadonlySet<number>,
): ReadonlyMap<number, Place> {
  const byKey = new Map<number, Map<number, Bytes>>();
  const { stack, bytes } = profile.samples;
  for (const [sample, at] of stack.entries()) {
    const key = keysOfStacks[at] as number;
    const caller = keys.has(key) ? callerIn(profile, at) : undefined;
    if (caller === undefined) continue;
    const callers = byKey.get(key) ?? new Map<number, Bytes>();
    byKey.set(key, callers);
    callers.set(caller, (callers.get(caller) ?? 0) + (bytes[sample] as number));
  }
  return new Map(Array.from(byKey, ([key, callers]) => [key, placeOf(profile, mostOf(callers))]));
}

function callerIn(profile: Profile, stack: number): number | undefined {
  return framesOfStack(profile, stack).find((frame) => !isRuntime(profile, frame));
}

function mostOf(callers: ReadonlyMap<number, Bytes>): number {
  const [[first] = [0]] = [...callers].sort(([, a], [, b]) => b - a);
  return first;
}

function placeOf(profile: Profile, frame: number): Place {
  const { functionName, file, line, column } = frameAt(profile, frame);
  return { functionName, file, line, column };
}
