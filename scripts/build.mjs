// Builds dist/ from src/ with plain tsc, and dist/web from web/. A stamp's age tells whether anything is newer than the last build.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const stamp = join(dist, '.built');
const sources = [
  'src',
  'web',
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
  'scripts/build.mjs',
  'scripts/build-web.mjs',
];

function newestMs(path) {
  if (!existsSync(path)) return 0;
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  // A folder's own time changes when a file in it is deleted or renamed.
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestMs(join(path, name))),
    info.mtimeMs,
  );
}

export function buildIsCurrent() {
  if (!existsSync(stamp)) return false;
  const builtMs = statSync(stamp).mtimeMs;
  return sources.every((source) => newestMs(join(root, source)) <= builtMs);
}

function build() {
  const startedAt = new Date();
  rmSync(dist, { recursive: true, force: true });
  const node = join(root, 'node_modules', '.bin', 'node');
  const run = (...args) => {
    const { status } = spawnSync(node, args, { cwd: root, stdio: ['ignore', 2, 2] });
    if (status !== 0) process.exit(status ?? 1);
  };
  run(join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json');
  run(join('scripts', 'build-web.mjs'));
  writeFileSync(stamp, `${startedAt.toISOString()}\n`);
  // Dated at the start, so that a source saved while tsc ran counts as newer.
  utimesSync(stamp, startedAt, startedAt);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
