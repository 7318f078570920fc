// What statistics and comparisons share: samples summed by a key. Keys of several profiles live in one space, so that the
// same place has the same number in each, whatever its number is in the profile's own tables. A key is a stack of places,
// outermost first: one place for everything but the whole traceback.
import { type FrameOrigin, NO_SCRIPT, NO_STACK, type Profile, type SourceFile } from '../model/index.ts';
import { billedStacks } from './attribution.ts';
import { FrameInterner } from './columns/frame-interner.ts';
import { PairInterner } from './columns/pair-interner.ts';
import { StringInterner } from './columns/string-interner.ts';
import { sourcePath } from './source-path.ts';
import { inclusiveWeights, Weights } from './weights.ts';

/** A frame as far as a key tells it apart: what it leaves out is empty or 0. */
export interface Place {
  readonly functionName: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Which parts of a frame make a place, and whether a key is the whole stack of them. */
export interface Grouping {
  readonly place: (place: Place, origin: FrameOrigin) => Place;
  readonly wholeStack: boolean;
}

export class KeySpace {
  readonly #grouping: Grouping;
  readonly #functionNames = new StringInterner();
  readonly #files = new StringInterner();
  readonly #places = new FrameInterner();
  readonly #stacks = new PairInterner();

  constructor(grouping: Grouping) {
    this.#grouping = grouping;
  }

  /** Numbers from 0 to `size` are keys. */
  get size(): number {
    return this.#stacks.size;
  }

  /** The key of each of the profile's stacks. */
  keysOfStacks(profile: Profile): Int32Array {
    const places = this.#placesOfFrames(profile);
    const billed = billedStacks(profile);
    if (this.#grouping.wholeStack) return this.#keysOfWholeStacks(profile, places, billed);
    const keys = this.#keysOfPlaces(places);
    return billed.map((stack) => keys[profile.stacks.frame[stack] as number] as number);
  }

  /** Every sample counts once, for the place that is billed for it or for its whole stack. */
  group(profile: Profile): Weights {
    const { stack, bytes, count } = profile.samples;
    const keys = this.keysOfStacks(profile);
    const weights = new Weights(this.size);
    for (let sample = 0; sample < stack.length; sample += 1)
      weights.add(keys[stack[sample] as number] as number, bytes[sample] as number, count[sample] as number);
    return weights;
  }

  /**
   * Every sample counts for each of its frames: for a recursive function as often as it stands in the stack, as in
   * tracemalloc.
   */
  groupCumulative(profile: Profile): Weights {
    const { frame } = profile.stacks;
    const billed = billedStacks(profile);
    const keys = this.#keysOfPlaces(this.#placesOfFrames(profile));
    const inclusive = inclusiveWeights(profile);
    const weights = new Weights(this.size);
    for (let stack = 0; stack < frame.length; stack += 1)
      if (billed[stack] === stack)
        weights.add(
          keys[frame[stack] as number] as number,
          inclusive.bytesOf(stack),
          inclusive.countOf(stack),
        );
    return weights;
  }

  /** The places of a key, outermost first. */
  places(key: number): Place[] {
    const places: number[] = [];
    for (let stack = key; stack !== NO_STACK; stack = this.#stacks.first(stack))
      places.push(this.#stacks.second(stack));
    return places.reverse().map((place) => this.#place(place));
  }

  #place(index: number): Place {
    const { functionName, file, line, column } = this.#places.frame(index);
    return {
      functionName: this.#functionNames.strings()[functionName] ?? '',
      file: this.#files.strings()[file] ?? '',
      line,
      column,
    };
  }

  #keysOfWholeStacks({ stacks }: Profile, places: Int32Array, billed: Int32Array): Int32Array {
    const keys = new Int32Array(billed.length);
    for (let stack = 0; stack < billed.length; stack += 1) {
      const parent = stacks.parent[stack] as number;
      const caller = parent === NO_STACK ? NO_STACK : (keys[parent] as number);
      const place = places[stacks.frame[stack] as number] as number;
      keys[stack] = billed[stack] === stack ? this.#stacks.intern(caller, place) : caller;
    }
    return keys;
  }

  #keysOfPlaces(places: Int32Array): Int32Array {
    return places.map((place) => this.#stacks.intern(NO_STACK, place));
  }

  #placesOfFrames({ frames, functionNames, files }: Profile): Int32Array {
    const paths = files.map(({ path }) => sourcePath(path));
    return frames.file.map((file, index) => {
      const own: Place = {
        functionName: functionNames[frames.functionName[index] as number] as string,
        file: paths[file] as string,
        line: frames.line[index] as number,
        column: frames.column[index] as number,
      };
      const place = this.#grouping.place(own, (files[file] as SourceFile).origin);
      return this.#places.intern(
        this.#functionNames.intern(place.functionName),
        this.#files.intern(place.file),
        place.line,
        place.column,
        NO_SCRIPT,
      );
    });
  }
}
