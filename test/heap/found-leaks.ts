// Runs the leaking service and holds what the monitor tells of it against what is known to leak.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MemoryLeaks, SnapshotComparison } from '../../src/api/wire.ts';
import { eventually, freePort, getJson, QUICK, REGISTER } from '../service/program.ts';

export const SOURCE = join(import.meta.dirname, 'leaky-service.ts');

/** An array, and its content. */
const OBJECT_BYTES = 32 + 16 + 8 * 1000;
const ROUNDS = 312;

/** What leaks in a round, the most first. */
const LEAKS = [
  { function: 'rememberOrder', objects: 96 },
  { function: 'enter', objects: 60 },
  { function: 'openSession', objects: 36 },
] as const;

export interface Expectation {
  /** In the source, by the function that leaks: the text with which the line begins that must be named. */
  readonly lines: Readonly<Record<(typeof LEAKS)[number]['function'], string>>;
  /** Of sizes, as a ratio. */
  readonly tolerance: number;
  readonly settings: Readonly<Record<string, string>>;
}

/** Fails unless the three are the three that grew most, in order, by function, file and line, and by so much. */
export async function findLeaks(node: string, program: string, expected: Expectation): Promise<MemoryLeaks> {
  const port = await freePort();
  const child = spawn(
    node,
    ['--expose-gc', '--disable-warning=ExperimentalWarning', '--import', REGISTER, program],
    {
      env: {
        ...QUICK,
        MONITORING_PORT: String(port),
        ...expected.settings,
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const api = `http://127.0.0.1:${port}/api/monitoring`;
  const leaks = async () => (await getJson(`${api}/memory-leaks`)).data as MemoryLeaks;
  const take = async () => (await fetch(`${api}/memory-snapshot`, { method: 'POST' })).status;
  try {
    // The process is still small: the threshold is not what takes this one.
    await eventually(take, (status) => status === 200);
    const leaked = once(child, 'message');
    child.send('leak');
    await leaked;
    await collected(port, 3);
    await eventually(take, (status) => status === 200);
    const found = await leaks();
    const { growing_sites, snapshots } = found;
    assertTopThree(
      growing_sites.map(({ growth_mb, ...site }) => ({ ...site, bytes: growth_mb * 1024 ** 2 })),
      expected,
    );
    const [before, after] = [snapshots.find(({ trigger }) => trigger === 'manual'), snapshots.at(-1)];
    const comparison = (await getJson(`${api}/snapshots/${before?.id}/compare/${after?.id}`))
      .data as SnapshotComparison;
    assert.deepEqual(
      comparison.differences.slice(0, 3).map(({ traceback }) => traceback),
      LEAKS.map((leak) => [{ file: SOURCE, line: lineOf(expected.lines[leak.function]) }]),
    );
    return found;
  } finally {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
}

/** So many more major collections: what has leaked is all that is left, and readings have seen it. */
async function collected(port: number, collections: number): Promise<void> {
  const count = async (): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return Number(/gc_collections_total\{kind="major"\} (\d+)/.exec(text)?.[1]);
  };
  const before = await count();
  await eventually(count, (now) => now >= before + collections);
}

function assertTopThree(
  sites: readonly { function: string; file: string; line: number; bytes: number }[],
  { lines, tolerance }: Expectation,
): void {
  const shown = JSON.stringify(sites.slice(0, 5));
  for (const [rank, leak] of LEAKS.entries()) {
    const site = sites[rank];
    const line = lineOf(lines[leak.function]);
    assert.deepEqual([site?.function, site?.file, site?.line], [leak.function, SOURCE, line], shown);
    const error = (site?.bytes ?? 0) / (leak.objects * ROUNDS * OBJECT_BYTES) - 1;
    assert.ok(
      Math.abs(error) <= tolerance,
      `${leak.function} is off by ${(100 * error).toFixed(1)} %: ${shown}`,
    );
  }
}

function lineOf(text: string): number {
  return (
    readFileSync(SOURCE, 'utf8')
      .split('\n')
      .findIndex((line) => line.startsWith(text)) + 1
  );
}
