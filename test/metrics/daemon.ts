// Starts a server program on a free loopback port for one test, and waits until it answers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Daemon {
  readonly url: string;
  stop(): Promise<void>;
}

const READY_SECONDS = 60;

/** A port that is free now; the program has to take it before anyone else does. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** @param readyPath answers 200 once the program is ready. */
export async function startDaemon(
  program: string,
  argumentsAt: (port: number) => readonly string[],
  readyPath: string,
): Promise<Daemon> {
  const port = await freePort();
  const child = spawn(program, argumentsAt(port), { stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(child, 'exit');
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-10_000);
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
  };
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`${program} exited ${child.exitCode}: ${log}`);
    return (await fetch(url + readyPath).catch(() => undefined))?.ok === true;
  }, READY_SECONDS).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { url, stop };
}

/** Asks `condition` ten times a second until it holds. */
export async function until(condition: () => Promise<boolean>, withinSeconds: number): Promise<void> {
  const deadline = performance.now() + withinSeconds * 1000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`did not happen within ${withinSeconds} s`);
    await sleep(100);
  }
}
