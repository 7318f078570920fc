// An allocation profile: what was alive when the sampler was read, by the stack that allocated it. A large profile has
// a million stacks, so it is held as columns of numbers that refer to each other by index, never as a tree of objects.
//
//   samples ──stack──> stacks ──frame──> frames ──> functionNames, files
//                        └──parent──> stacks
//
// Stacks are a tree of calling contexts: a stack is one frame and the stack that called it. Reading a stack's frames by
// following `parent` gives them leaf first: the function that allocated, its caller, …, the outermost.
import type { Bytes, Seconds } from '../units/index.ts';

/** Whose code a frame is. */
export type FrameOrigin =
  | { readonly kind: 'application' }
  /** `version` is looked up where the package is installed; a file name alone does not tell it. */
  | { readonly kind: 'dependency'; readonly packageName: string; readonly version?: string }
  /** Node.js' own JavaScript (`node:internal/…`). */
  | { readonly kind: 'node' }
  /** C++ or V8 itself: builtins, the garbage collector, the compiler. */
  | { readonly kind: 'native' }
  /** The sum of what V8 keeps off its heap and nobody attributed: one frame, `(external)`. */
  | { readonly kind: 'external' };

export interface SourceFile {
  /** As the profiler printed it: a path or a URL; empty for native code. */
  readonly path: string;
  readonly origin: FrameOrigin;
}

/** One frame, out of the columns. V8's sampler gives the position where the function *starts*. */
export interface ProfileFrame {
  readonly functionName: string;
  readonly file: string;
  /** From 1; 0 is unknown. */
  readonly line: number;
  /** From 1; 0 is unknown. */
  readonly column: number;
  readonly scriptId?: number;
  readonly origin: FrameOrigin;
}

/** Columns, one entry a frame. */
export interface FrameTable {
  /** Index into `functionNames`. */
  readonly functionName: Int32Array;
  /** Index into `files`. */
  readonly file: Int32Array;
  /** From 1; 0 is unknown. */
  readonly line: Int32Array;
  /** From 1; 0 is unknown. */
  readonly column: Int32Array;
  /** V8's script id, or NO_SCRIPT. Different scripts of one name are different frames. */
  readonly scriptId: Int32Array;
}

/** Columns, one entry a stack. No two entries have the same parent and frame, and a parent comes before its children. */
export interface StackTable {
  /** The calling stack, or NO_STACK for an outermost frame. */
  readonly parent: Int32Array;
  readonly frame: Int32Array;
}

/** Columns, one entry a sample. A stack has at most one sample a domain, and none of 0 bytes and a count of 0. */
export interface SampleTable {
  readonly stack: Int32Array;
  /** Live bytes, estimated from the sample; whole and not negative. */
  readonly bytes: Float64Array;
  /** What `ProfileMetadata.counts` says; whole and not negative. */
  readonly count: Float64Array;
  /** HEAP_DOMAIN, EXTERNAL_DOMAIN. */
  readonly domain: Uint8Array;
}

export const NO_STACK = -1;
export const NO_SCRIPT = -1;

/** Where the bytes lie. tracemalloc calls it a domain, and its filters select by it. */
export const HEAP_DOMAIN = 0;
/** What V8 accounts for but keeps off its heap, Buffers above all: known from hooks, or as a sum under one frame, `(external)`. */
export const EXTERNAL_DOMAIN = 1;

export type ProfileTrigger = 'threshold' | 'manual' | 'growth' | 'near-limit';

/** How garbage was kept out of a reading. Only readings of the first two kinds compare well. */
export type ProfileBasis =
  | { readonly kind: 'after-major-collection' }
  /** The minimum of several readings. */
  | { readonly kind: 'minimum'; readonly readings: number }
  /** Whatever was there, garbage included. */
  | { readonly kind: 'as-read' };

/** A worker thread whose stacks are part of a profile. */
export interface ProfileThread {
  readonly id: number;
  readonly name: string;
}

/** An absent field is unknown. */
export interface ProfileMetadata {
  readonly atSeconds?: Seconds;
  readonly trigger?: ProfileTrigger;
  /** Mean allocated bytes between two samples. */
  readonly sampleIntervalBytes?: Bytes;
  /** At most this many frames of a stack were kept. */
  readonly stackLimit?: number;
  readonly basis?: ProfileBasis;
  /** Inlining was on, so that a callee's bytes may stand at its caller. */
  readonly calleesMayBeBilledToCallers?: boolean;
  /** The whole heap at the time: what the profile's sum can be checked against. */
  readonly heapUsedBytes?: Bytes;
  /** Of the whole process at the time. */
  readonly rssBytes?: Bytes;
  readonly threadName?: string;
  /** When the buffers in it were counted; absent where they are not. */
  readonly buffersAtSeconds?: Seconds;
  /** What the counts are: estimated live objects, the samples themselves (fewer), or nothing because the format has none. */
  readonly counts: 'objects' | 'samples' | 'none';
}

export interface Profile {
  readonly metadata: ProfileMetadata;
  readonly functionNames: readonly string[];
  readonly files: readonly SourceFile[];
  readonly frames: FrameTable;
  readonly stacks: StackTable;
  readonly samples: SampleTable;
}

export function frameAt(profile: Profile, frame: number): ProfileFrame {
  const { frames, functionNames, files } = profile;
  const file = files[at(frames.file, frame)];
  const scriptId = at(frames.scriptId, frame);
  return {
    functionName: functionNames[at(frames.functionName, frame)] ?? '',
    file: file?.path ?? '',
    line: at(frames.line, frame),
    column: at(frames.column, frame),
    ...(scriptId === NO_SCRIPT ? {} : { scriptId }),
    origin: file?.origin ?? { kind: 'native' },
  };
}

/** The frame indices of a stack, leaf first. */
export function framesOfStack(profile: Profile, stack: number): number[] {
  const frames: number[] = [];
  for (let node = stack; node !== NO_STACK; node = at(profile.stacks.parent, node))
    frames.push(at(profile.stacks.frame, node));
  return frames;
}

export function totalBytes(profile: Profile): Bytes {
  return profile.samples.bytes.reduce((sum, bytes) => sum + bytes, 0);
}

function at(column: Int32Array, index: number): number {
  const value = column[index];
  if (value === undefined) throw new RangeError(`no entry ${index} in a column of ${column.length}`);
  return value;
}
