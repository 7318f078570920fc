// Whether this process or thread is one to watch, when a preload started us in it. NODE_OPTIONS reaches everything below the
// command that set it: package managers, child processes, worker threads.
import { basename } from 'node:path';

/** Programs that only start the real one; they would take its port and show their own memory. */
const LAUNCHERS = new Set([
  'npm-cli.js',
  'npx-cli.js',
  'yarn.js',
  'yarn',
  'pnpm.cjs',
  'pnpm.mjs',
  'pnpx.cjs',
  'corepack.js',
]);

export type PreloadPlace =
  | { readonly watch: true }
  | { readonly watch: false; readonly because: 'worker-thread' | 'launcher' | 'already-registered' };

export function placeOfPreload(
  isMainThread: boolean,
  script: string | undefined,
  registered: boolean,
): PreloadPlace {
  if (!isMainThread) return { watch: false, because: 'worker-thread' };
  if (registered) return { watch: false, because: 'already-registered' };
  if (LAUNCHERS.has(basename(script ?? ''))) return { watch: false, because: 'launcher' };
  return { watch: true };
}
