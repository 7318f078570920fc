// Who keeps how many bytes of buffers, in a real service on every Node.js there is: by function, file and line.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { otherNodes } from '../../scripts/other-nodes.ts';
import type { MemoryLeaks, Snapshot } from '../../src/api/wire.ts';
import { eventually, follow, freePort, getJson, REGISTER } from '../service/program.ts';
import { BUILDS } from './builds.ts';

const SOURCE = new URL('./buffer-service.ts', import.meta.url);
const LINES = readFileSync(SOURCE, 'utf8').split('\n');
const NODES = [process.execPath, ...otherNodes()];

/** From 1, of the line that holds the text. */
const lineOf = (text: string): number => LINES.findIndex((line) => line.includes(text)) + 1;

interface Running {
  readonly api: string;
  leaks(): Promise<MemoryLeaks>;
  send(message: string | number): Promise<void>;
}

interface Service {
  readonly node?: string;
  readonly program?: string;
  readonly env?: Readonly<Record<string, string>>;
}

async function inService(
  { node = process.execPath, program = SOURCE.pathname, env = {} }: Service,
  check: (running: Running) => Promise<void>,
): Promise<void> {
  const port = await freePort();
  const child = spawn(node, ['--expose-gc', '--import', REGISTER, program], {
    env: {
      PATH: process.env.PATH ?? '',
      MONITORING_PORT: String(port),
      MONITORING_SAMPLE_INTERVAL: '0.2',
      MONITORING_TRACEMALLOC_ENABLED: 'true',
      MONITORING_TRACEMALLOC_BUFFERS: 'true',
      MONITORING_TRACEMALLOC_THRESHOLD_MB: '100000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const running = follow(child);
  const api = `http://127.0.0.1:${port}/api/monitoring`;
  const leaks = async () => (await getJson(`${api}/memory-leaks`)).data as MemoryLeaks;
  try {
    await eventually(leaks, ({ buffers }) => (buffers?.top_allocations.length ?? 0) >= 3);
    await check({
      api,
      leaks,
      async send(message) {
        const done = once(child, 'message');
        child.send(message);
        await done;
      },
    });
  } finally {
    child.kill('SIGKILL');
    await running.ended;
  }
}

const sizeAt = ({ buffers }: MemoryLeaks, line: number): number =>
  (buffers?.top_allocations ?? [])
    .filter((site) => site.line === line && site.file === SOURCE.pathname)
    .reduce((sum, { size_mb }) => sum + size_mb, 0);

const within = (share: number, actual: number, expected: number, what: string): void =>
  assert.ok(Math.abs(actual - expected) <= share * expected, `${what}: ${actual}, not ${expected} MiB`);

/** What churns may have left garbage. */
const isKept = (name: string): boolean => name !== 'churn';

for (const node of NODES)
  describe(`buffers on ${node === process.execPath ? process.version : node.split('/').at(-3)}`, () => {
    it('are attributed to the lines that allocate them, and released', async () => {
      await inService({ node }, async ({ api, leaks, send }) => {
        const [order, matrix] = [lineOf('orders.push'), lineOf('matrices.push')];
        const first = lineOf('Buffer.concat([');
        // The halves that were put together are garbage, and gone only after a collection.
        const seen = await eventually(leaks, (now) => sizeAt(now, first) < 2.6);
        const names = (seen.buffers?.top_allocations ?? []).map(({ function: name }) => name).filter(isKept);
        const shown = JSON.stringify(seen.buffers);
        assert.deepEqual(names.slice(0, 2), ['rememberOrder', 'grow'], shown);
        within(0.05, sizeAt(seen, order), 40, 'Buffer.alloc');
        within(0.05, sizeAt(seen, matrix), 30, 'new Float64Array');
        for (const [index, means] of ['concat', 'ArrayBuffer', 'Uint8Array.from', 'slice', 'from'].entries())
          within(0.05, sizeAt(seen, first + index), 2.5, means);
        assert.doesNotMatch(shown, /heap\/buffers/, 'no hook is shown');
        const { total_mb = 0, attributed_mb = 0, unattributed_mb = 0 } = seen.buffers ?? {};
        assert.ok(total_mb > 80 && unattributed_mb < 5, shown);
        assert.ok(Math.abs(total_mb - attributed_mb - unattributed_mb) < 0.02, shown);

        const response = await fetch(`${api}/memory-snapshot`, { method: 'POST' });
        const { data: snapshot } = (await response.json()) as { data: Snapshot };
        const top = snapshot.top_allocations.find(({ function: name }) => isKept(name));
        assert.deepEqual([top?.kind, top?.function, top?.line], ['buffer', 'rememberOrder', order]);
        within(0.05, top?.size_mb ?? 0, 40, 'the snapshot');
        assert.ok(snapshot.sampled_bytes < 30 * 1024 ** 2, 'what is off the heap is not counted on it');
        const folded = await (await fetch(`${api}/snapshots/${snapshot.id}.folded`)).text();
        assert.match(folded, /rememberOrder[^\n]*\n/);
        assert.doesNotMatch(folded, /heap\/buffers/);

        await send('free');
        const freed = await eventually(leaks, (now) => sizeAt(now, order) === 0);
        within(0.05, sizeAt(freed, matrix), 30, 'what stayed');
      });
    });
  });

describe('buffers of a program', () => {
  for (const [name, build] of Object.entries(BUILDS))
    it(`${name} are attributed to the lines of its source`, async () => {
      const check = async ({ leaks }: Running): Promise<void> => {
        const seen = await leaks();
        within(0.05, sizeAt(seen, lineOf('orders.push')), 40, 'Buffer.alloc');
        within(0.05, sizeAt(seen, lineOf('matrices.push')), 30, 'new Float64Array');
        within(0.05, sizeAt(seen, lineOf('new ArrayBuffer(')), 2.5, 'new ArrayBuffer');
      };
      await inService({ program: build(SOURCE.pathname) }, check);
    });
});

describe('buffers in precise mode', () => {
  it('keep the function that allocates them', async () => {
    await inService({ env: { MONITORING_TRACEMALLOC_PRECISE: 'true' } }, async ({ leaks }) => {
      const { buffers } = await leaks();
      const names = (buffers?.top_allocations ?? []).map(({ function: name }) => name).filter(isKept);
      assert.deepEqual(names.slice(0, 3), ['rememberOrder', 'grow', 'keepPieces']);
    });
  });
});

describe('buffers of a blocked service', () => {
  it('are shown as they were reported last', async () => {
    await inService({}, async ({ leaks, send }) => {
      const blocked = send(4000);
      await new Promise((resolve) => setTimeout(resolve, 2500));
      const { buffers } = await leaks();
      const age = (Date.now() - Date.parse(buffers?.read_at ?? '')) / 1000;
      assert.ok(age > 1.2, `${age} s old`);
      assert.ok((buffers?.total_mb ?? 0) > 80);
      await blocked;
    });
  });
});
