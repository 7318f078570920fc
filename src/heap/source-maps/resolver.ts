// From positions in what runs to positions in what was written. Lazily: a file is read when a position in it is first asked
// for. Positions are remembered, maps only as long as they are small enough to keep: a decoded map is many times its file, and
// the same few hundred positions are asked for again and again.
import type { Bytes } from '../../units/index.ts';
import { ByteLru } from './byte-lru.ts';
import { loadMappedFile } from './load.ts';
import type { MappedFile, Position } from './mapped-file.ts';

export interface PositionResolver {
  /**
   * In the same order; a position stays as it is where there is no source map, or it says nothing of it. Many at once, so
   * that a map too large to be kept is read once.
   */
  resolve(positions: readonly Position[]): readonly Position[];
  /** The text of a source that positions were resolved to, where its map carries it. */
  sourceText(file: string): string | undefined;
  /** Bytes of the maps and positions that are kept: an estimate, bounded. */
  cachedBytes(): Bytes;
}

export interface ResolverLimits {
  readonly mapBytes: Bytes;
  readonly positionBytes: Bytes;
}

const LIMITS: ResolverLimits = { mapBytes: 12 * 1024 ** 2, positionBytes: 2 * 1024 ** 2 };

/** Of a position in the cache: the objects around its strings. */
const POSITION_OVERHEAD_BYTES = 200;

/** A file without a map is remembered too: it is cheap, and asked for as often. */
const NO_MAP_BYTES = 200;

export function createPositionResolver({
  mapBytes,
  positionBytes,
}: ResolverLimits = LIMITS): PositionResolver {
  const files = new ByteLru<MappedFile | 'none'>(mapBytes);
  const known = new ByteLru<Position>(positionBytes);
  /** From a source to the file that was built from it. */
  const builtInto = new ByteLru<string>(positionBytes);

  const fileOf = (path: string): MappedFile | 'none' => {
    const kept = files.get(path);
    if (kept) return kept;
    const loaded = loadMappedFile(path);
    files.set(path, loaded?.file ?? 'none', loaded?.bytes ?? NO_MAP_BYTES);
    return loaded?.file ?? 'none';
  };
  /** Of positions in one file. */
  const learn = (path: string, positions: readonly Position[], learnt: Map<string, Position>): void => {
    const file = fileOf(path);
    for (const position of positions) {
      const found = (file === 'none' ? undefined : file.original(position)) ?? placeOf(position);
      const key = keyOf(position);
      learnt.set(key, found);
      if (found.file !== path) builtInto.set(found.file, path, 2 * (found.file.length + path.length));
      known.set(key, found, 2 * (key.length + found.file.length) + POSITION_OVERHEAD_BYTES);
    }
  };
  return {
    resolve(positions) {
      const unknown = positions.filter((position) => mayHaveMap(position) && !known.get(keyOf(position)));
      const learnt = new Map<string, Position>();
      for (const [path, inFile] of Map.groupBy(unknown, ({ file }) => file)) learn(path, inFile, learnt);
      return positions.map((position) => {
        const key = keyOf(position);
        return learnt.get(key) ?? known.get(key) ?? placeOf(position);
      });
    },
    sourceText(file) {
      const built = builtInto.get(file);
      const mapped = built === undefined ? 'none' : fileOf(built);
      return mapped === 'none' ? undefined : mapped.sourceText(file);
    },
    cachedBytes: () => files.bytes + known.bytes + builtInto.bytes,
  };
}

/** The position alone: callers hand in records that have more, and get back what others asked for before. */
function placeOf({ functionName, file, line, column }: Position): Position {
  return { functionName, file, line, column };
}

function keyOf({ functionName, file, line, column }: Position): string {
  return `${line}:${column}:${functionName}:${file}`;
}

/** Native code, Node.js' own modules, evaluated text: none of them is a file with a map. */
function mayHaveMap({ file, line }: Position): boolean {
  return line > 0 && (file.startsWith('/') || file.startsWith('file://') || /^[A-Za-z]:[\\/]/.test(file));
}
