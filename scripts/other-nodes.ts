// The other Node.js versions that tests run programs with. They come from npm, into a folder that `npm ci` clears, so that
// nobody who only wants to start the program has to fetch them. Where that fails, the tests that need them say so and skip.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** 18 and 20 are too old for the monitor inside, and can be profiled from outside. */
const VERSIONS = { 18: '18.20.8', 20: '20.20.2', 22: '22.23.3', 26: '26.10.0' };
const OLDEST_INSIDE = 22;

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules', '.cache', 'nodes');
const platform = `node-${process.platform}-${process.arch}`;

/** Paths of the binaries that are there, `PLIMSOLL_NODES` (a comma list) before what was installed. */
export function otherNodes(oldest = OLDEST_INSIDE): string[] {
  const given = process.env.PLIMSOLL_NODES?.split(',').filter((path) => path !== '');
  const installed = Object.keys(VERSIONS).filter((major) => Number(major) >= oldest);
  return (given ?? installed.map(binaryOf)).filter((path) => existsSync(path));
}

export function installOtherNodes(): void {
  const missing = Object.keys(VERSIONS).filter((major) => !existsSync(binaryOf(major)));
  if (process.env.PLIMSOLL_NODES !== undefined || missing.length === 0) return;
  console.error(`plimsoll: fetching Node.js ${missing.join(' and ')} to test with`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const wanted = Object.entries(VERSIONS).map(
    ([major, version]) => `node-${major}@npm:${platform}@${version}`,
  );
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...wanted], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) console.error('plimsoll: tests on these versions will be skipped');
}

function binaryOf(major: string): string {
  return join(folder, 'node_modules', `node-${major}`, 'bin', 'node');
}
