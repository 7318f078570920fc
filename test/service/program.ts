// Programs for tests of the monitor inside a service: small ones, given as text, run with and without the preload.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export { freePort } from '../metrics/daemon.ts';

export const REGISTER = new URL('../../src/register.ts', import.meta.url).href;
export const INDEX = new URL('../../src/index.ts', import.meta.url).href;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Program {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has written so far. */
  output(): string;
  /** Resolves once stdout or stderr has a match. */
  seen(pattern: RegExp): Promise<RegExpMatchArray>;
}

export interface ProgramOptions {
  readonly monitored: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** Everything quick, on a port that nobody else has. */
export const QUICK = {
  MONITORING_PORT: '0',
  MONITORING_SAMPLE_INTERVAL: '0.2',
  HEALTH_CHECK_INTERVAL: '0.2',
  HEALTH_CHECK_COOLDOWN: '0',
} as const;

export function startProgram(code: string, { monitored, env = {} }: ProgramOptions): Program {
  const preload = monitored ? ['--import', REGISTER] : [];
  const child = spawn(process.execPath, [...preload, '--input-type=module', '-e', code], {
    env: { PATH: process.env.PATH ?? '', ...QUICK, ...profiling(), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  return follow(child);
}

/** These tests are run a second time with profiling on, in a process that has this set. */
function profiling(): Record<string, string> {
  const enabled = process.env.MONITORING_TRACEMALLOC_ENABLED;
  return enabled === undefined ? {} : { MONITORING_TRACEMALLOC_ENABLED: enabled };
}

export function follow(child: ChildProcess): Program {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr }) as Ended);
  return {
    child,
    ended,
    output: () => stdout + stderr,
    async seen(pattern) {
      for (;;) {
        const match = pattern.exec(stdout) ?? pattern.exec(stderr);
        if (match) return match;
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`ended before ${pattern}:\n${stdout}\n${stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

/** Asks again until the answer suits; the last answer or error is thrown when it never does. */
export async function eventually<T>(ask: () => Promise<T>, suits: (answer: T) => boolean): Promise<T> {
  let last: unknown;
  for (let attempt = 0; attempt < 150; attempt += 1) {
    try {
      const answer = await ask();
      if (suits(answer)) return answer;
      last = new Error(`never suited: ${JSON.stringify(answer)}`);
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw last;
}

export async function getJson(url: string): Promise<{ readonly success: boolean; readonly data: never }> {
  const response = await fetch(url);
  return (await response.json()) as never;
}
