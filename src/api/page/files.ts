// The built dashboard's files. They are listed once, at the start: a path that is not on the list is not served, so that no
// request can name a file of its own.
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { once } from '../once.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** The dashboard loads its own scripts, styles and fonts, talks to this API, and nothing else. */
const DASHBOARD_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const compress = promisify(gzip);

export interface StaticFile {
  readonly contentType: string;
  /** Read when it is first asked for, and kept: the whole dashboard is 300 KB. */
  readonly plain: () => Promise<Buffer>;
  readonly compressed: () => Promise<Buffer>;
  readonly etag: string;
  /** Its name holds a digest of its content, so that it never changes. */
  readonly immutable: boolean;
}

/** URL path → file, for every file under `root`; empty when there is no such folder. `/` is `index.html`. */
export function listStaticFiles(root: string): ReadonlyMap<string, StaticFile> {
  const files = entriesOf(root)
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const listed = new Map(files.map((file) => [`/${relative(root, file)}`, describeFile(file)]));
  const index = listed.get('/index.html');
  if (index) listed.set('/', index);
  return listed;
}

function entriesOf(root: string): Dirent[] {
  try {
    return readdirSync(root, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
}

function describeFile(file: string): StaticFile {
  const { mtimeMs, size } = statSync(file);
  const plain = once(() => readFile(file));
  return {
    plain,
    compressed: once(async () => compress(await plain())),
    contentType: CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
    etag: `W/"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`,
    immutable: /[-.][\w-]{8,}\.\w+$/.test(file) && file.includes('/assets/'),
  };
}

export async function staticResponse(request: Request, file: StaticFile): Promise<Response> {
  const headers = {
    etag: file.etag,
    vary: 'accept-encoding',
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-security-policy': DASHBOARD_POLICY,
  };
  if (request.headers.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers });
  const type = { 'content-type': file.contentType };
  if (!takesGzip(request))
    return new Response(new Uint8Array(await file.plain()), { headers: { ...headers, ...type } });
  const compressed = new Uint8Array(await file.compressed());
  return new Response(compressed, { headers: { ...headers, ...type, 'content-encoding': 'gzip' } });
}

function takesGzip({ headers }: Request): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(headers.get('accept-encoding') ?? '');
}
