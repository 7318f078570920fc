// Allocation profiling of worker threads, whole: on every supported Node.js each leak is told by its thread, function, file and
// line, and by how much, and a thread that does not leak is left in peace.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { otherNodes } from '../../scripts/other-nodes.ts';
import type { MemoryLeaks, Snapshot } from '../../src/api/wire.ts';
import { eventually, freePort, getJson, QUICK, REGISTER } from '../service/program.ts';

const SOURCE = join(import.meta.dirname, 'leaky-threads.ts');
const NODES = [process.execPath, ...otherNodes()];
const MIB = 1024 ** 2;

/** An array, and its content. */
const OBJECT_BYTES = 16 + 16 + 8 * 1000;
const ROUNDS = 250;
const LEAKS = [
  { thread: 'sessions', function: 'openSession', megabytes: (80 * ROUNDS * OBJECT_BYTES) / MIB },
  { thread: 'thumbnails', function: 'keepThumbnail', megabytes: (48 * ROUNDS * OBJECT_BYTES) / MIB },
].map((leak) => ({ ...leak, file: SOURCE, line: lineOf(`function ${leak.function}(`) }));

function lineOf(text: string): number {
  return (
    readFileSync(SOURCE, 'utf8')
      .split('\n')
      .findIndex((line) => line.startsWith(text)) + 1
  );
}

async function findLeaks(node: string, sampleBytes: number, tolerance: number): Promise<void> {
  const port = await freePort();
  const child = spawn(
    node,
    ['--expose-gc', '--disable-warning=ExperimentalWarning', '--import', REGISTER, SOURCE],
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
  const snapshot = async () =>
    (await (await fetch(`${api}/memory-snapshot`, { method: 'POST' })).json()) as { data: Snapshot };
  try {
    // Two collections each: the state before the leak has been read.
    await eventually(
      leaks,
      ({ workers = [] }) =>
        workers.filter(({ sampled, heap_floor_bytes }) => sampled && heap_floor_bytes).length ===
        LEAKS.length + 1,
    );
    await new Promise((resolve) => setTimeout(resolve, 2500));
    const leaked = once(child, 'message');
    child.send('leak');
    await leaked;
    const { workers = [], growing_sites } = await eventually(leaks, ({ growing_sites: sites }) =>
      LEAKS.every(({ thread, megabytes }) =>
        sites.some((site) => site.thread === thread && isWithin(site.growth_mb, megabytes, tolerance)),
      ),
    );
    assert.deepEqual(growing_sites.slice(0, 2).map(placeOf), LEAKS.map(placeOf));
    for (const { thread } of LEAKS)
      assert.equal(workers.find(({ name }) => name === thread)?.growing_sites[0]?.thread, thread);
    // What is in use there differs from reading to reading by what was not collected yet; it is no leak.
    const healthy = workers.find(({ name }) => name === 'healthy')?.growing_sites ?? [];
    assert.ok(
      healthy.every(({ growth_mb }) => growth_mb < 10),
      JSON.stringify(healthy),
    );
    const { data } = await eventually(snapshot, ({ data: taken }) => taken !== undefined);
    for (const leak of LEAKS) {
      const site = data.top_allocations.find(
        ({ thread, function: name }) => thread === leak.thread && name === leak.function,
      );
      assert.ok(
        site && isWithin(site.size_mb, leak.megabytes, tolerance),
        JSON.stringify(data.top_allocations),
      );
    }
    const folded = await (await fetch(`${api}/snapshots/${data.id}.folded`)).text();
    for (const { thread, function: name } of LEAKS)
      assert.match(folded, new RegExp(`^\\(worker ${thread} #\\d+\\);.*;${name} \\([^;]*\\) \\d+$`, 'm'));
  } finally {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
}

function isWithin(megabytes: number, expected: number, tolerance: number): boolean {
  return Math.abs(megabytes / expected - 1) <= tolerance;
}

interface Place {
  readonly thread?: string | undefined;
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

const placeOf = ({ thread, function: name, file, line }: Place) => [thread, name, file, line];

for (const node of NODES) {
  describe(`leaks of worker threads on ${node === process.execPath ? process.version : node.split('/').at(-3)}`, () => {
    it('are told by thread', () => findLeaks(node, 524_288, 0.25));
    it('are told more precisely at a shorter interval', () => findLeaks(node, 65_536, 0.15));
  });
}

describe('leaks of worker threads on other Node.js versions', () => {
  it('were looked for', (t) => {
    if (NODES.length === 1) t.skip('Node.js 22 and 26 could not be fetched');
  });
});
