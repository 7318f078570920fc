// Which files are rewritten. In precise mode those that match MONITORING_TRACEMALLOC_FILES; without it the application's own,
// which is all but the installed packages. Never Plimsoll's.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export type CoversFile = (path: string) => boolean;

const OWN_FOLDER = fileURLToPath(new URL('../../', import.meta.url));

/** `globs` are relative to `folder`; `*`, `**`, `?` and `[…]` stand for what they do in a shell, and a folder for all in it. */
export function coveredFiles(globs: readonly string[] | undefined, folder: string): CoversFile {
  if (!globs || globs.length === 0) return (path) => !path.includes('/node_modules/') && !isOurs(path);
  const patterns = globs.map((glob) => patternOf(resolve(folder, glob)));
  return (path) => !isOurs(path) && patterns.some((pattern) => pattern.test(path));
}

/** The packages it uses included. */
export const everyFile: CoversFile = (path) => !isOurs(path);

const isOurs = (path: string): boolean => path.startsWith(OWN_FOLDER);

const TOKEN = /\*\*\/|\*\*|\*|\?|\[!?[^\]]+\]|[^*?[]+|\[/g;

function patternOf(glob: string): RegExp {
  return new RegExp(`^${glob.replace(TOKEN, partOf)}(?:/.*)?$`, 's');
}

function partOf(token: string): string {
  if (token === '**/') return '(?:.*/)?';
  if (token === '**') return '.*';
  if (token === '*') return '[^/]*';
  if (token === '?') return '[^/]';
  if (/^\[.+\]$/.test(token)) return token.replace('[!', '[^').replaceAll('\\', '\\\\');
  return token.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
