// A real agent for tests: the command itself, in a process of its own, on a free port.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { follow, type Program } from '../service/program.ts';

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).href;

/** What the commands of one test file leave for their next start. */
const STATE = join(tmpdir(), `plimsoll-state-${process.pid}`);
process.once('exit', () => rmSync(STATE, { recursive: true, force: true }));

export interface RunningAgent extends Program {
  readonly url: string;
}

/** The command line, from the sources; `argv` without the program's name. */
export function startCommand(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Program {
  const code = `import { main } from '${MAIN}'; await main(${JSON.stringify(argv)});`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', XDG_STATE_HOME: STATE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return follow(child);
}

/** An agent without a store unless `argv` names one; resolves once it listens. */
export async function startAgent(
  env: Readonly<Record<string, string>> = {},
  argv: readonly string[] = ['--no-store'],
): Promise<RunningAgent> {
  const program = startCommand(['agent', '--port', '0', ...argv], env);
  const [, url] = await program.seen(/Plimsoll watches \S+: (http:\S+)/);
  return { ...program, url: url as string };
}
