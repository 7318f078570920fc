// Where things stand in the files that were rewritten, kept in the monitor's thread: it hears of a file when the file is loaded,
// because later, when a profile is read, the application's thread may be wedged.
import type { RewritingKind, RewritingReport } from '../../model/index.ts';
import type { Bytes } from '../../units/index.ts';
import type { MovedPlaces } from './generated-text.ts';

/** What became of a file; it crosses between the threads. */
export type LoadedFile =
  | {
      readonly kind: 'rewritten';
      /** As V8 prints them: modules by URL, CommonJS by path. */
      readonly url: string;
      readonly path: string;
      readonly places: MovedPlaces;
    }
  | { readonly kind: 'left-alone'; readonly path: string; readonly reason: string };

/** Lines and columns from 0. */
export interface Place {
  /** `start`: a function that was made for an expression begins there. `body`: in the text of such a function. */
  readonly kind: 'start' | 'body' | 'text';
  /** In the file as it was written, of the expression or the text; lines are the same. */
  readonly column: number;
}

export interface SiteTable {
  add(file: LoadedFile): void;
  /** Undefined in a file that was not rewritten. */
  find(url: string, line: number, column: number): Place | undefined;
  /** Of a whole file, as it was added. */
  placesOf(url: string): MovedPlaces | undefined;
  report(): RewritingReport;
}

export function createSiteTable(kind: RewritingKind): SiteTable {
  const files = new Map<string, MovedPlaces>();
  let report: RewritingReport = { kind, filesRewritten: 0, filesLeftAlone: 0 };
  return {
    add(file) {
      if (file.kind === 'rewritten') {
        files.set(file.url, file.places).set(file.path, file.places);
        report = { ...report, filesRewritten: report.filesRewritten + 1 };
      } else {
        const { path, reason } = file;
        const filesLeftAlone = report.filesLeftAlone + 1;
        report = { ...report, filesLeftAlone, lastLeftAlone: { path, reason } };
      }
    },
    find(url, line, column) {
      const places = files.get(url);
      return places && placeIn(places, line, column);
    },
    placesOf: (url) => files.get(url),
    report: () => report,
  };
}

export function bytesOf({ text, sites }: MovedPlaces): Bytes {
  return text.byteLength + sites.byteLength;
}

const TRIPLE = 3;

function placeIn({ text, sites }: MovedPlaces, line: number, column: number): Place {
  const site = lastAtOrBefore(sites, line, column);
  const moved = lastAtOrBefore(text, line, column);
  if (site && (!moved || moved.column <= site.column))
    return { kind: site.column === column ? 'start' : 'body', column: site.oldColumn };
  return { kind: 'text', column: moved ? moved.oldColumn + column - moved.column : column };
}

interface Triple {
  readonly column: number;
  readonly oldColumn: number;
}

/** In the same line. The triples are in the order of the file. */
function lastAtOrBefore(triples: Int32Array, line: number, column: number): Triple | undefined {
  const entry = (index: number): number => triples[index] ?? 0;
  let [low, high] = [0, triples.length / TRIPLE];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = middle * TRIPLE;
    const isBefore = entry(at) < line || (entry(at) === line && entry(at + 1) <= column);
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  const at = (low - 1) * TRIPLE;
  if (low === 0 || entry(at) !== line) return undefined;
  return { column: entry(at + 1), oldColumn: entry(at + 2) };
}
