// Makes a checkout ready to run: dependencies as the lock file has them, and an up-to-date build.
// It runs on whatever Node.js the machine has, does nothing when nothing changed, and needs no dependency itself.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIsCurrent } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const modifiedMs = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

function run(command, args) {
  // Progress goes to stderr: stdout belongs to the command that follows.
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

function installWhenChanged() {
  const installed = modifiedMs(join(root, 'node_modules', '.package-lock.json'));
  if (installed >= modifiedMs(join(root, 'package-lock.json')) && installed > 0) return;
  const npm = process.env.npm_execpath;
  console.error('plimsoll: installing dependencies');
  if (npm) run(process.execPath, [npm, 'ci', '--no-audit', '--no-fund']);
  else run('npm', ['ci', '--no-audit', '--no-fund']);
}

installWhenChanged();
if (!buildIsCurrent()) {
  console.error('plimsoll: building');
  run(process.execPath, [join(root, 'scripts', 'build.mjs')]);
}
