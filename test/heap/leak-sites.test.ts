// The promise of allocation profiling, whole: a service that leaks at three known places, in three builds, on every supported
// Node.js, is told by the TypeScript function, file and line, in the right order, and by how much.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { otherNodes } from '../../scripts/other-nodes.ts';
import type { MemoryLeaks, SnapshotComparison } from '../../src/api/wire.ts';
import { eventually, freePort, getJson, QUICK, REGISTER } from '../service/program.ts';
import { BUILDS } from './builds.ts';

const SOURCE = join(import.meta.dirname, 'leaky-service.ts');
const NODES = [process.execPath, ...otherNodes()];

/** An array, and its content. */
const OBJECT_BYTES = 32 + 16 + 8 * 1000;
const ROUNDS = 312;
const LEAKS = [
  { function: 'rememberOrder', line: lineOf('function rememberOrder('), bytes: 96 * ROUNDS * OBJECT_BYTES },
  { function: 'enter', line: lineOf('  enter('), bytes: 60 * ROUNDS * OBJECT_BYTES },
  { function: 'openSession', line: lineOf('const openSession ='), bytes: 36 * ROUNDS * OBJECT_BYTES },
];

function lineOf(text: string): number {
  return (
    readFileSync(SOURCE, 'utf8')
      .split('\n')
      .findIndex((line) => line.startsWith(text)) + 1
  );
}

async function findLeaks(
  node: string,
  program: string,
  sampleBytes: number,
  tolerance: number,
): Promise<void> {
  const port = await freePort();
  const child = spawn(
    node,
    ['--expose-gc', '--disable-warning=ExperimentalWarning', '--import', REGISTER, program],
    {
      env: {
        ...QUICK,
        MONITORING_PORT: String(port),
        MONITORING_TRACEMALLOC_ENABLED: 'true',
        MONITORING_TRACEMALLOC_SAMPLE_BYTES: String(sampleBytes),
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
    const { growing_sites, snapshots } = await leaks();
    assertTopThree(
      growing_sites.map(({ growth_mb, ...site }) => ({ ...site, bytes: growth_mb * 1024 ** 2 })),
      tolerance,
    );
    const [before, after] = [snapshots.find(({ trigger }) => trigger === 'manual'), snapshots.at(-1)];
    const comparison = (await getJson(`${api}/snapshots/${before?.id}/compare/${after?.id}`))
      .data as SnapshotComparison;
    assert.deepEqual(
      comparison.differences.slice(0, 3).map(({ traceback }) => traceback),
      LEAKS.map(({ line }) => [{ file: SOURCE, line }]),
    );
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
  tolerance: number,
): void {
  const shown = JSON.stringify(sites.slice(0, 5));
  for (const [rank, leak] of LEAKS.entries()) {
    const site = sites[rank];
    assert.deepEqual([site?.function, site?.file, site?.line], [leak.function, SOURCE, leak.line], shown);
    const error = (site?.bytes ?? 0) / leak.bytes - 1;
    assert.ok(
      Math.abs(error) <= tolerance,
      `${leak.function} is off by ${(100 * error).toFixed(1)} %: ${shown}`,
    );
  }
}

for (const node of NODES) {
  describe(`leaks on ${node === process.execPath ? process.version : node.split('/').at(-3)}`, () => {
    for (const [name, build] of Object.entries(BUILDS)) {
      it(`are told of a program ${name}`, () => findLeaks(node, build(SOURCE), 524_288, 0.25));
    }

    it('are told more precisely at a shorter interval', () => findLeaks(node, SOURCE, 65_536, 0.15));
  });
}

describe('leaks on other Node.js versions', () => {
  it('were looked for', (t) => {
    if (NODES.length === 1) t.skip('Node.js 22 and 26 could not be fetched');
  });
});
