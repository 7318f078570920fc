// One generated file with its source map, and what it says of a function's position. V8 gives the place where a function
// starts, which is behind its name: at the parenthesis, at an arrow function's parameters, at a constructor's. So a minified
// function's own name is that of a segment a little before, the one whose generated text is the name V8 knows.

import { fileURLToPath } from 'node:url';
import { decodedMappings, sourceContentFor, type TraceMap, traceSegment } from '@jridgewell/trace-mapping';

export interface Position {
  readonly functionName: string;
  /** A path, or a URL as V8 prints it. */
  readonly file: string;
  /** From 1; 0 is unknown. */
  readonly line: number;
  /** From 1; 0 is unknown. */
  readonly column: number;
}

/** Segments to look back over: `class A extends B { constructor(` has five between the name and the start. */
const NAME_SEGMENTS = 8;

export class MappedFile {
  readonly #lines: readonly string[];
  readonly #map: TraceMap;

  constructor(text: string, map: TraceMap) {
    this.#lines = text.split('\n');
    this.#map = map;
  }

  /** Undefined where the map says nothing of the position. */
  original({ functionName, line, column }: Position): Position | undefined {
    const segment = traceSegment(this.#map, line - 1, column - 1);
    if (!segment || segment.length === 1) return undefined;
    const [, source, originalLine, originalColumn] = segment;
    const file = this.#map.resolvedSources[source];
    if (!file) return undefined;
    return {
      functionName: this.#originalName(functionName, line - 1, column - 1),
      file: pathOf(file),
      line: originalLine + 1,
      column: originalColumn + 1,
    };
  }

  /** The text of an original source, where the map carries it. `file` is as `original` gives it. */
  sourceText(file: string): string | undefined {
    const source = this.#map.resolvedSources.find((candidate) => candidate && pathOf(candidate) === file);
    return (source && sourceContentFor(this.#map, source)) ?? undefined;
  }

  #originalName(functionName: string, line: number, column: number): string {
    // V8 says `Type.method` and `get name` of some: the last word is what stands in the text.
    const last = /[\p{ID_Continue}$]+$/u.exec(functionName)?.[0];
    if (last === undefined) return functionName;
    const name = this.#nameOfSegmentBefore(last, line, column);
    return name === undefined ? functionName : functionName.slice(0, -last.length) + name;
  }

  #nameOfSegmentBefore(identifier: string, line: number, column: number): string | undefined {
    const text = this.#lines[line] ?? '';
    const before = (decodedMappings(this.#map)[line] ?? []).filter((segment) => segment[0] <= column);
    const named = before
      .slice(-NAME_SEGMENTS)
      .findLast((segment) => segment.length === 5 && standsAt(text, segment[0], identifier));
    return named?.length === 5 ? (this.#map.names[named[4]] ?? undefined) : undefined;
  }
}

function pathOf(source: string): string {
  return source.startsWith('file://') ? fileURLToPath(source) : source;
}

function standsAt(text: string, at: number, identifier: string): boolean {
  return text.startsWith(identifier, at) && !/[\p{ID_Continue}$]/u.test(text.charAt(at + identifier.length));
}
