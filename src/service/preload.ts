// Whether this process is one to watch, when a preload started us in it. NODE_OPTIONS reaches everything below the command that
// set it: package managers and child processes.
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
  | { readonly watch: false; readonly because: 'launcher' | 'already-registered' };

export function placeOfPreload(script: string | undefined, registered: boolean): PreloadPlace {
  if (registered) return { watch: false, because: 'already-registered' };
  if (LAUNCHERS.has(basename(script ?? ''))) return { watch: false, because: 'launcher' };
  return { watch: true };
}
