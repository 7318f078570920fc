// `plimsoll run --precise`, whole: programs of CommonJS and of ES modules behave as they do without, and the line that allocates
// stands in the API and in the files of a snapshot.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { otherNodes } from '../../scripts/other-nodes.ts';
import type { MemoryLeaks, Snapshot, Status } from '../../src/api/wire.ts';
import { startCommand } from '../agent/running-agent.ts';
import { allocationSites, framesOfSite, readProfile } from './kept-profile.ts';
import { eventually, freePort, getJson, QUICK } from './program.ts';

/** 16 MiB that stay, 4 KiB at a time. */
const KEEPER = `
function remember(kept, id) {
  const label = id % 2 ? 'odd' : 'even';
  kept.push({
    id,
    label,
    lines: new Array(500).fill(id),
  });
  return label;
}
const work = (kept) => { for (let id = 0; id < 4000; id += 1) remember(kept, id); return kept.length };
`;
const ALLOCATING_LINE = KEEPER.split('\n').findIndex((line) => line.includes('new Array')) + 1;

const MAIN = `
const kept = [];
const answers = [work(kept), kept[7].label, work.name, (() => {}).name, { default: named }.default.name];
console.log(JSON.stringify(answers));
setInterval(() => kept.length, 1000);
`;
const ANSWERS = '[4000,"odd","work","","named"]';

interface Program {
  readonly main: string;
  /** Where the allocation stands. */
  readonly keeper: string;
  readonly flags?: readonly string[];
}

const PROGRAMS: Readonly<Record<string, (folder: string) => Program>> = {
  'CommonJS modules': (folder) => ({
    keeper: write(folder, 'keeper.cjs', `${KEEPER}module.exports = { work, named: () => {} };`),
    main: write(folder, 'main.cjs', `const { work, named } = require('./keeper.cjs');${MAIN}`),
  }),
  'ES modules, which import CommonJS by name': (folder) => {
    write(folder, 'named.cjs', 'const named = () => {}; module.exports = { named };');
    return {
      keeper: write(folder, 'keeper.mjs', `${KEEPER}export { work };`),
      main: write(
        folder,
        'main.mjs',
        `import { work } from './keeper.mjs'; import { named } from './named.cjs';${MAIN}`,
      ),
    };
  },
  'TypeScript, required by TypeScript': (folder) => ({
    keeper: write(
      folder,
      'keeper.cts',
      `${KEEPER}const named = (): void => {}; module.exports = { work, named };`,
    ),
    main: write(folder, 'main.cts', `const { work, named } = require('./keeper.cts') as any;${MAIN}`),
    // On the oldest Node.js, stripping types is told of as an experiment by itself.
    flags: ['--disable-warning=ExperimentalWarning'],
  }),
};

function write(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

async function runPrecisely(node: string, { main, keeper, flags = [] }: Program): Promise<void> {
  const port = await freePort();
  const run = startCommand(['run', '--precise', '--port', String(port), '--', node, ...flags, main], QUICK);
  const api = `http://127.0.0.1:${port}/api/monitoring`;
  try {
    await run.seen(/\[4000/);
    await eventually(
      async () => (await fetch(`${api}/memory-snapshot`, { method: 'POST' })).status,
      (status) => status === 200,
    );
    const { snapshots, sampler } = (await getJson(`${api}/memory-leaks`)).data as MemoryLeaks;
    const site = snapshots.at(-1)?.top_allocations[0];
    assert.deepEqual([site?.function, site?.file, site?.line], ['remember', keeper, ALLOCATING_LINE]);
    const column = KEEPER.split('\n')[ALLOCATING_LINE - 1]?.indexOf('new Array');
    assert.equal(site?.column, (column ?? 0) + 1);
    assert.ok(Math.abs(((site?.size_mb ?? 0) / (4000 * 4032)) * 1024 ** 2 - 1) < 0.25, JSON.stringify(site));
    const { precise } = (await getJson(`${api}/status`)).data as Status;
    assert.deepEqual(precise, sampler?.precise);
    assert.ok(
      precise && precise.files_rewritten >= 2 && precise.files_left_alone === 0,
      JSON.stringify(precise),
    );
    for (const format of ['pprof', 'heapprofile']) {
      const file = await fetch(`${api}/snapshots/${snapshots.at(-1)?.id}.${format}`);
      const profile = readProfile(new Uint8Array(await file.arrayBuffer()));
      const [largest] = allocationSites(profile, 1);
      assert.deepEqual([largest?.functionName, largest?.line], ['remember', ALLOCATING_LINE], format);
      const [leaf, caller] = framesOfSite(profile, ALLOCATING_LINE);
      assert.deepEqual([leaf?.functionName, caller?.functionName], ['remember', 'work'], format);
    }
  } finally {
    run.child.kill('SIGTERM');
  }
  const { stdout, stderr } = await run.ended;
  assert.equal(stdout.trim(), ANSWERS);
  assert.equal(stderr.replace(/^plimsoll: .*\n/gm, ''), '');
}

describe('plimsoll run --precise', () => {
  for (const node of [process.execPath, ...otherNodes()]) {
    const { stdout: version } = spawnSync(node, ['--version'], { encoding: 'utf8' });
    for (const [what, program] of Object.entries(PROGRAMS)) {
      it(`names the line in ${what} on ${version.trim()}`, () =>
        runPrecisely(node, program(mkdtempSync(join(tmpdir(), 'plimsoll-precise-')))));
    }
  }

  it('leaves alone what it cannot read, and says which', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-precise-'));
    const enumerated = write(folder, 'enumerated.mts', 'export enum Colour { Red = "red" }');
    const main = write(
      folder,
      'main.mts',
      `import { Colour } from ${JSON.stringify(enumerated)}; console.log(Colour.Red); setInterval(() => {}, 1000);`,
    );
    const port = await freePort();
    const flags = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning'];
    const run = startCommand(
      ['run', '--precise', '--port', String(port), '--', process.execPath, ...flags, main],
      QUICK,
    );
    await run.seen(/red/);
    const { precise } = await eventually(
      async () => (await getJson(`http://127.0.0.1:${port}/api/monitoring/status`)).data as Status,
      ({ precise: report }) => report !== undefined,
    );
    run.child.kill('SIGTERM');
    await run.ended;
    assert.deepEqual(
      [precise?.files_rewritten, precise?.files_left_alone, precise?.last_left_alone?.file],
      [1, 1, enumerated],
    );
  });

  it('names the line that makes a buffer', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-precise-'));
    const code = `const kept = [];
      function keep(size) {
        kept.push({
          data: Buffer.alloc(size),
        });
      }
      for (let id = 0; id < 500; id += 1) keep(20_000);
      console.log('kept');
      setInterval(() => kept.length, 1000);`;
    const main = write(folder, 'main.mjs', code);
    const port = await freePort();
    const env = { ...QUICK, MONITORING_TRACEMALLOC_BUFFERS: 'true' };
    const run = startCommand(['run', '--precise', '--port', String(port), '--', process.execPath, main], env);
    await run.seen(/kept/);
    const { data } = await eventually(
      async () => {
        const taken = await fetch(`http://127.0.0.1:${port}/api/monitoring/memory-snapshot`, {
          method: 'POST',
        });
        return (await taken.json()) as { readonly data?: Snapshot };
      },
      ({ data: snapshot }) => (snapshot?.buffers?.top_allocations.length ?? 0) > 0,
    );
    run.child.kill('SIGTERM');
    await run.ended;
    const [site] = data?.buffers?.top_allocations ?? [];
    assert.deepEqual([site?.function, site?.file, site?.line, site?.column], ['keep', main, 4, 17]);
  });

  it('covers the files that it is told to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-precise-'));
    write(folder, 'a.cjs', 'exports.text = String(function () { return [] });');
    write(folder, 'b.cjs', 'exports.text = String(function () { return [] });');
    const main = write(folder, 'main.cjs', "console.log(require('./a.cjs').text, require('./b.cjs').text)");
    const env = { ...QUICK, MONITORING_TRACEMALLOC_FILES: `${folder}/a.*` };
    const { stdout } = await startCommand(['run', '--precise', '--', process.execPath, main], env).ended;
    assert.equal(stdout, 'function () { return (()=>[])() } function () { return [] }\n');
  });
});
