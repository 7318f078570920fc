// The agent as it ships: the built command, in a process of its own, on a free port.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export interface BuiltAgent {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startBuiltAgent(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<BuiltAgent> {
  const child = spawn(process.execPath, ['bin/plimsoll.js', 'agent', '--port', '0', ...argv], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return { url: await addressOf(child), stop: () => stop(child) };
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of stdout ?? []) {
    said += String(chunk);
    const [, url] = /Plimsoll watches \S+: (http:\S+)\n/.exec(said) ?? [];
    if (url) return url;
  }
  throw new Error(`the agent did not start: ${said}`);
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
