// Finds and reads the source map of a generated file: beside it, or inside it. Whatever is wrong with the file or its map
// costs this file's mapping and nothing else.
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { FlattenMap, type TraceMap } from '@jridgewell/trace-mapping';
import type { Bytes } from '../../units/index.ts';
import { MappedFile } from './mapped-file.ts';
import { dataUrlContent, sourceMapReference } from './reference.ts';

export interface Loaded {
  readonly file: MappedFile;
  /** An estimate of what it takes in memory. */
  readonly bytes: Bytes;
}

/** Bundles and their maps are a few megabytes; this is to keep a stray file from taking the monitor's memory. */
const MAX_FILE_BYTES = 32 * 1024 ** 2;

/** A decoded segment is an array of five numbers: some twenty times its four or five characters in the map. */
const DECODED_BYTES_PER_CHARACTER = 20;

/** Undefined where there is no map to be had. `path` is a path, or a file: URL. */
export function loadMappedFile(path: string): Loaded | undefined {
  try {
    const url = path.startsWith('file://') ? path : pathToFileURL(path).href;
    const text = readText(url);
    const reference = sourceMapReference(text);
    return reference === undefined ? undefined : mapped(text, reference, url);
  } catch {
    return undefined;
  }
}

function mapped(text: string, reference: string, fileUrl: string): Loaded | undefined {
  const inline = dataUrlContent(reference);
  const mapUrl = inline === undefined ? new URL(reference, fileUrl).href : fileUrl;
  if (!mapUrl.startsWith('file://')) return undefined;
  const json = inline ?? readText(mapUrl);
  // Some tools still put this before the JSON, to keep browsers from running it.
  const map: TraceMap = new FlattenMap(json.replace(/^\)\]\}'[^\n]*\n/, ''), mapUrl);
  return { file: new MappedFile(text, map), bytes: text.length + json.length * DECODED_BYTES_PER_CHARACTER };
}

function readText(url: string): string {
  const path = fileURLToPath(url);
  if (statSync(path).size > MAX_FILE_BYTES) throw new RangeError('too large');
  return readFileSync(path, 'utf8');
}
