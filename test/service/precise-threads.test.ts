// Precise mode in the worker threads of a service, whole: what a thread loads is rewritten too, its sites stand at the very line and
// column, and the threads themselves notice nothing.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { otherNodes } from '../../scripts/other-nodes.ts';
import type { MemoryLeaks, Snapshot } from '../../src/api/wire.ts';
import { startCommand } from '../agent/running-agent.ts';
import { eventually, freePort, getJson, QUICK } from './program.ts';

/** 16 MiB that stay, 4 KiB at a time. */
const KEEPER = `
function remember(kept, id) {
  kept.push({ id, label: id % 2 ? 'odd' : 'even',
    lines: [1, new Array(500).fill(id)] });
}
const work = (kept) => { for (let id = 0; id < 4000; id += 1) remember(kept, id); return kept.length };
`;
const LINE = KEEPER.split('\n').findIndex((line) => line.includes('new Array')) + 1;
const COLUMN = (KEEPER.split('\n')[LINE - 1] ?? '').indexOf('new Array') + 1;

const THREAD = `
const kept = [];
parentPort.once('message', (then) => {
  console.log(JSON.stringify([workerData, work(kept), kept[7].label, work.name]));
  if (then === 'end') process.exit(3);
  setInterval(() => kept.length, 1000);
});
`;
interface Program {
  /** The file that keeps, in a worker thread of that name. */
  readonly keeper: string;
  readonly main: string;
}

function write(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** A thread that is told what to do once it stands. */
const starting = (url: string): string => `
const thread = new Worker(${url}, { name: 'keeper', workerData: { from: 'main' } });
thread.on('exit', (code) => console.log('exit', code));
thread.postMessage(process.argv[2]);
`;

const PROGRAMS: Readonly<Record<string, (folder: string) => Program>> = {
  'an ES module': (folder) => {
    write(
      folder,
      'thread.mjs',
      `import { parentPort, workerData } from 'node:worker_threads'; import { work } from './keeper.mjs';${THREAD}`,
    );
    return {
      keeper: write(folder, 'keeper.mjs', `${KEEPER}export { work };`),
      main: write(
        folder,
        'main.mjs',
        `import { Worker } from 'node:worker_threads';${starting("new URL('./thread.mjs', import.meta.url)")}`,
      ),
    };
  },
  'a CommonJS module': (folder) => {
    write(
      folder,
      'thread.cjs',
      `const { parentPort, workerData } = require('node:worker_threads'); const { work } = require('./keeper.cjs');${THREAD}`,
    );
    return {
      keeper: write(folder, 'keeper.cjs', `${KEEPER}module.exports = { work };`),
      main: write(
        folder,
        'main.cjs',
        `const { Worker } = require('node:worker_threads');${starting("require.resolve('./thread.cjs')")}`,
      ),
    };
  },
  'TypeScript, started by a thread': (folder) => {
    write(
      folder,
      'thread.mts',
      `import { parentPort, workerData } from 'node:worker_threads'; import { work } from './keeper.mts';${THREAD}`,
    );
    write(
      folder,
      'outer.mts',
      `import { Worker } from 'node:worker_threads';${starting("new URL('./thread.mts', import.meta.url)")}`,
    );
    return {
      keeper: write(folder, 'keeper.mts', `${KEEPER}export { work };`),
      main: write(
        folder,
        'main.mts',
        `import { Worker } from 'node:worker_threads';
         new Worker(new URL('./outer.mts', import.meta.url), { name: 'outer', argv: process.argv.slice(2) });`,
      ),
    };
  },
};

const FLAGS = ['--disable-warning=ExperimentalWarning'];

async function namesTheLine(node: string, { keeper, main }: Program): Promise<void> {
  const port = await freePort();
  const options = ['run', '--precise', '--port', String(port), '--'];
  const run = startCommand([...options, node, ...FLAGS, main, 'stay'], QUICK);
  const api = `http://127.0.0.1:${port}/api/monitoring`;
  try {
    await run.seen(/"main"\},4000,/);
    const { data } = await eventually(
      async () =>
        (await (await fetch(`${api}/memory-snapshot`, { method: 'POST' })).json()) as { data?: Snapshot },
      ({ data: taken }) => taken?.top_allocations.some(({ thread }) => thread === 'keeper') ?? false,
    );
    const site = data?.top_allocations.find(({ thread }) => thread === 'keeper');
    assert.deepEqual(
      [site?.function, site?.file, site?.line, site?.column],
      ['remember', keeper, LINE, COLUMN],
    );
    assert.ok(Math.abs(((site?.size_mb ?? 0) / (4000 * 4032)) * 1024 ** 2 - 1) < 0.25, JSON.stringify(site));
    const { workers = [] } = (await getJson(`${api}/memory-leaks`)).data as MemoryLeaks;
    const precise = workers.find(({ name }) => name === 'keeper')?.precise;
    assert.deepEqual(precise, { files_rewritten: 2, files_left_alone: 0 });
    const folded = await (await fetch(`${api}/snapshots/${data?.id}.folded`)).text();
    assert.match(
      folded,
      new RegExp(
        `^\\(worker keeper #\\d+\\);.*;work \\([^;]*\\);remember \\([^;]*:${LINE}:${COLUMN}\\) \\d+$`,
        'm',
      ),
    );
  } finally {
    run.child.kill('SIGTERM');
    await run.ended;
  }
}

describe('precise mode in worker threads', () => {
  for (const node of [process.execPath, ...otherNodes()]) {
    const { stdout: version } = spawnSync(node, ['--version'], { encoding: 'utf8' });
    for (const [what, program] of Object.entries(PROGRAMS)) {
      it(`names the line in ${what} on ${version.trim()}`, () => namesTheLine(node, program(folder())));
    }
  }

  for (const [what, program] of Object.entries(PROGRAMS))
    it(`changes nothing of ${what}`, async () => {
      const { main } = program(folder());
      const node = process.execPath;
      const plain = spawnSync(node, [...FLAGS, main, 'end'], { encoding: 'utf8' });
      const watched = startCommand(['run', '--precise', '--', node, ...FLAGS, main, 'end'], QUICK);
      const { stdout, code } = await watched.ended;
      assert.deepEqual([stdout, code], [plain.stdout, plain.status]);
      assert.match(stdout, /^\[\{"from":"main"\},4000,"odd","work"\]$/m);
    });
});

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'plimsoll-precise-'));
}
