// Places that several profiles share, by number: a function is the same one however the profiles number it.
import type { Profile } from '../../../../src/model/index.ts';
import { FrameInterner } from '../../../../src/profile/columns/frame-interner.ts';
import { StringInterner } from '../../../../src/profile/columns/string-interner.ts';
import { sourcePath } from '../../../../src/profile/source-path.ts';
import type { FlamePlace } from './tree.ts';

export class PlaceTable {
  readonly #texts = new StringInterner();
  readonly #frames = new FrameInterner();
  readonly #places: FlamePlace[] = [];

  /** The place of each of the profile's frames. */
  numbersOf({ frames, functionNames, files }: Profile): Int32Array {
    const names = functionNames.map((name) => this.#texts.intern(name));
    const paths = files.map(({ path }) => this.#texts.intern(sourcePath(path)));
    return frames.functionName.map((name, frame) => {
      const file = frames.file[frame] as number;
      const line = frames.line[frame] as number;
      const column = frames.column[frame] as number;
      const number = this.#frames.intern(names[name] as number, paths[file] as number, line, column, 0);
      this.#places[number] ??= {
        functionName: functionNames[name] ?? '',
        file: sourcePath(files[file]?.path ?? ''),
        line,
        column,
        origin: files[file]?.origin ?? { kind: 'native' },
      };
      return number;
    });
  }

  all(): readonly FlamePlace[] {
    return this.#places;
  }
}
