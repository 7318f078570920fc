// Where `plimsoll run` keeps what a program leaves when it dies, for want of a data directory: a folder of its own for each program
// in the state directory of the XDG specification, so that the next start of the same program finds it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { basename, join } from 'node:path';
import type { Io } from '../command.ts';

/** Programs that are remembered; the one that was run longest ago goes first. */
const MOST_PROGRAMS = 50;

/** Made where it is missing. Undefined where no folder can be made: then a death leaves nothing. */
export function programFolder(
  program: readonly string[],
  env: Io['env'],
  workingFolder: string = process.cwd(),
): string | undefined {
  const parent = join(stateFolder(env), 'programs');
  const folder = join(parent, nameOf(program, workingFolder));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    removeOldest(parent);
    return folder;
  } catch {
    return undefined;
  }
}

/** Accounts of services often have a home that is not there. */
function stateFolder(env: Io['env']): string {
  if (env.XDG_STATE_HOME) return join(env.XDG_STATE_HOME, 'plimsoll');
  const home = env.HOME ?? homedir();
  if (existsSync(home)) return join(home, '.local', 'state', 'plimsoll');
  return join(tmpdir(), `plimsoll-${userInfo().uid}`);
}

const SCRIPT = /\.[cm]?[jt]sx?$/;

function nameOf(program: readonly string[], workingFolder: string): string {
  const shown = basename(program.find((argument) => SCRIPT.test(argument)) ?? program[0] ?? '');
  const hash = createHash('sha256').update([workingFolder, ...program].join('\0'));
  return `${shown.replace(/[^\w.-]/g, '_')}-${hash.digest('hex').slice(0, 12)}`;
}

function removeOldest(parent: string): void {
  const folders = readdirSync(parent).map((name) => join(parent, name));
  if (folders.length <= MOST_PROGRAMS) return;
  const usedAt = (folder: string): number => statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  for (const folder of folders.toSorted((a, b) => usedAt(b) - usedAt(a)).slice(MOST_PROGRAMS))
    rmSync(folder, { recursive: true, force: true });
}
