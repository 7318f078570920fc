// Puts a profile together from frames, stacks and samples as a reader meets them, and keeps the Profile's invariants: every
// frame and every stack is there once, a parent comes before its children, a stack has one sample a domain.
import {
  EXTERNAL_DOMAIN,
  HEAP_DOMAIN,
  NO_SCRIPT,
  NO_STACK,
  type Profile,
  type ProfileFrame,
  type ProfileMetadata,
  type SourceFile,
} from '../model/index.ts';
import type { Bytes } from '../units/index.ts';
import { FrameInterner } from './columns/frame-interner.ts';
import { GrowingInt32 } from './columns/growing-int32.ts';
import { PairInterner } from './columns/pair-interner.ts';
import { SampleColumns } from './columns/sample-columns.ts';
import { StringInterner } from './columns/string-interner.ts';
import { EXTERNAL_FRAME, frameKind } from './frame-origin.ts';
import { checkDepth, checkEntries } from './limits.ts';

export type NewFrame = Omit<ProfileFrame, 'origin'>;

/** The frame of a sample that was taken while no function was running. */
export const ROOT_FRAME: NewFrame = { functionName: '(root)', file: '', line: 0, column: 0 };

// Paths have no NUL, so this one is nobody's.
const EXTERNAL_KEY = '\0external';
const MAX_POSITION = 2 ** 31 - 1;

export class ProfileBuilder {
  readonly #names = new StringInterner();
  readonly #fileKeys = new StringInterner();
  readonly #files: SourceFile[] = [];
  readonly #frames = new FrameInterner();
  readonly #stacks: PairInterner;
  /** Frames in each stack. */
  readonly #depths: GrowingInt32;
  readonly #samples: SampleColumns;

  /** Quicker when it knows about how many samples there will be. */
  constructor(expectedSamples?: number) {
    this.#stacks = new PairInterner(expectedSamples);
    this.#depths = new GrowingInt32(expectedSamples);
    this.#samples = new SampleColumns(expectedSamples);
  }

  /** The number of the frame. A position that no source file can have becomes unknown. */
  frame({ functionName, file, line, column, scriptId = NO_SCRIPT }: NewFrame): number {
    const index = this.#frames.intern(
      this.#names.intern(functionName),
      this.#file(file, functionName),
      position(line),
      position(column),
      position(scriptId) || NO_SCRIPT,
    );
    checkEntries(index, 'frames');
    return index;
  }

  /** The number of the stack in which `frame` was called by the stack `parent`, NO_STACK for an outermost frame. */
  stack(parent: number, frame: number): number {
    const known = this.#stacks.size;
    const index = this.#stacks.intern(parent, frame);
    if (index === known) this.#addDepth(parent, index);
    return index;
  }

  /** The number of the stack of these frames, outermost first; of the root frame alone where there are none. */
  stackOf(frames: Iterable<number>): number {
    let stack = NO_STACK;
    for (const frame of frames) stack = this.stack(stack, frame);
    return stack === NO_STACK ? this.stack(NO_STACK, this.frame(ROOT_FRAME)) : stack;
  }

  /**
   * Adds to what the stack has. Throws PROFILE_INVALID unless both are whole and not negative. What stands under `(external)`
   * is off the heap in any case.
   */
  addSample(stack: number, bytes: Bytes, count: number, domain: number = HEAP_DOMAIN): void {
    this.#samples.add(stack, this.#isExternal(stack) ? EXTERNAL_DOMAIN : domain, bytes, count);
  }

  build(metadata: ProfileMetadata): Profile {
    return {
      metadata,
      functionNames: this.#names.strings(),
      files: this.#files,
      frames: this.#frames.table(),
      stacks: { parent: this.#stacks.firsts(), frame: this.#stacks.seconds() },
      samples: this.#samples.table(),
    };
  }

  #isExternal(stack: number): boolean {
    return this.#files[this.#frames.file(this.#stacks.second(stack))]?.origin.kind === 'external';
  }

  #file(path: string, functionName: string): number {
    const external = path === '' && functionName === EXTERNAL_FRAME;
    const index = this.#fileKeys.intern(external ? EXTERNAL_KEY : path);
    if (index === this.#files.length) this.#files.push({ path, origin: frameKind(path, functionName) });
    return index;
  }

  #addDepth(parent: number, index: number): void {
    const depth = parent === NO_STACK ? 1 : this.#depths.get(parent) + 1;
    checkDepth(depth);
    checkEntries(index, 'stacks');
    this.#depths.set(index, depth);
  }
}

function position(value: number): number {
  return Number.isInteger(value) && value > 0 && value <= MAX_POSITION ? value : 0;
}
