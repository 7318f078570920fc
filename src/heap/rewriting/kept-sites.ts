// The table of sites on disk, a line for each file, for whoever reads the profile that a process left when it died.
import { appendFileSync, readFileSync } from 'node:fs';
import { bytesOf, createSiteTable, type LoadedFile, type SiteTable } from './site-table.ts';

type Rewritten = Extract<LoadedFile, { kind: 'rewritten' }>;

/** Where nothing can be written nothing is kept: the journal that lies beside it says so. A file in which nothing has moved needs none. */
export function keepSites(file: string, { url, path, places }: Rewritten): void {
  if (bytesOf(places) === 0) return;
  const line = { url, path, text: encode(places.text), sites: encode(places.sites) };
  try {
    appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  } catch {
    // As above.
  }
}

/** A line that was cut off is as if it had not been written. Undefined where there is no such file. */
export function readKeptSites(file: string): SiteTable | undefined {
  const lines = tryReadLines(file);
  if (!lines) return undefined;
  // Of no matter: who reads it asks for places alone.
  const table = createSiteTable('precise');
  for (const line of lines) {
    const kept = tryParse(line);
    if (kept) table.add(kept);
  }
  return table;
}

function tryReadLines(file: string): readonly string[] | undefined {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return undefined;
  }
}

function tryParse(line: string): Rewritten | undefined {
  try {
    const { url, path, text, sites } = JSON.parse(line) as Record<'url' | 'path' | 'text' | 'sites', string>;
    return { kind: 'rewritten', url, path, places: { text: decode(text), sites: decode(sites) } };
  } catch {
    return undefined;
  }
}

function encode({ buffer, byteOffset, byteLength }: Int32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function decode(text: string): Int32Array {
  // A copy: a Buffer may begin anywhere in its memory, and numbers may not.
  return new Int32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer);
}
