// Allocation profiling by default, whole: a small function that V8 would copy into its caller is named by itself, in modules of all
// kinds and in packages, and its caller's text is the one that was written; what pads it is told of, and what is done where it cannot be padded.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { otherNodes } from '../../scripts/other-nodes.ts';
import type { MemoryLeaks } from '../../src/api/wire.ts';
import { eventually, freePort, getJson, QUICK, REGISTER } from './program.ts';

/** Its callee is small and its caller hot: inlined, all would stand at the caller. */
const KEEPER = `
function remember(kept, id) {
  kept.push({ id, name: [id] });
}
function work(kept) {
  for (let id = 0; id < 400000; id += 1) remember(kept, id);
  return kept.length;
}
`;

const MAIN = `
const kept = [];
for (let round = 0; round < 3; round += 1) work(kept);
console.log(/^function work\\(kept(: unknown\\[\\])?\\s*\\) \\{\\s+for/.test(String(work)));
setInterval(() => kept.length, 1000);
`;

type Files = Readonly<Record<string, string>>;

/** The first file of each is run. */
const PROGRAMS: Readonly<Record<string, Files>> = {
  'CommonJS modules': {
    'main.cjs': `const { work } = require('./keeper.cjs');${MAIN}`,
    'keeper.cjs': `'use strict';${KEEPER}module.exports = { work };`,
  },
  'ES modules': {
    'main.mjs': `import { work } from './keeper.mjs';${MAIN}`,
    'keeper.mjs': `${KEEPER}export { work };`,
  },
  'an ES module and a package of CommonJS': {
    'main.mjs': `import { work } from 'keeper';${MAIN}`,
    'node_modules/keeper/index.js': `${KEEPER}module.exports = { work };`,
    'node_modules/keeper/package.json': '{ "name": "keeper", "version": "1.0.0" }',
  },
  'modules that only a parser can tell': {
    'main.mjs': `import { work } from './keeper.cjs';${MAIN}`,
    'keeper.cjs': `const ratio = (b) => { return b; }\n/re/.test('re');${KEEPER}module.exports = { work, ratio };`,
  },
  TypeScript: {
    'main.mts': `import { work } from './keeper.mts';${MAIN.replace('kept =', 'kept: unknown[] =')}`,
    'keeper.mts': `${KEEPER.replaceAll('kept, id', 'kept: unknown[], id: number').replace('remember(kept: unknown[], id: number);', 'remember(kept, id);').replace('work(kept)', 'work(kept: unknown[])')}export { work };`,
  },
};

const MINIFIED: Files = {
  'main.mjs': `import { work } from './keeper.mjs';${MAIN}`,
  'keeper.mjs': `${KEEPER.replaceAll('\n', ' ')}export { work };${'/* */'.repeat(300)}`,
};

function write(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-padding-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return join(folder, Object.keys(files)[0] ?? '');
}

async function leaksOf(
  node: string,
  files: Files,
  settings: Record<string, string> = {},
): Promise<MemoryLeaks> {
  const port = await freePort();
  const flags = ['--disable-warning=ExperimentalWarning', '--import', REGISTER];
  const child = spawn(node, [...flags, write(files)], {
    env: { ...QUICK, MONITORING_TRACEMALLOC_ENABLED: 'true', MONITORING_PORT: String(port), ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    assert.equal(String(said), 'true\n');
    const api = `http://127.0.0.1:${port}/api/monitoring`;
    const take = async () => (await fetch(`${api}/memory-snapshot`, { method: 'POST' })).status;
    await eventually(take, (status) => status === 200);
    return (await getJson(`${api}/memory-leaks`)).data as MemoryLeaks;
  } finally {
    child.kill('SIGKILL');
  }
}

const topOf = ({ snapshots }: MemoryLeaks): string | undefined =>
  snapshots.at(-1)?.top_allocations[0]?.function;

for (const node of [process.execPath, ...otherNodes()]) {
  describe(`a small function on ${node === process.execPath ? process.version : node.split('/').at(-3)}`, () => {
    for (const [name, files] of Object.entries(PROGRAMS))
      it(`is named by itself in ${name}`, async () => {
        const leaks = await leaksOf(node, files);
        assert.equal(topOf(leaks), 'remember');
        const { padding } = leaks.sampler ?? {};
        assert.ok(padding && padding.files_rewritten >= 2, JSON.stringify(padding));
        assert.deepEqual([padding.files_left_alone, padding.inlining_off_instead], [0, false]);
      });
  });
}

describe('padding', () => {
  it('is what names it', async () => {
    const leaks = await leaksOf(process.execPath, PROGRAMS['ES modules'] as Files, {
      MONITORING_TRACEMALLOC_INLINING: 'true',
    });
    assert.notEqual(topOf(leaks), 'remember');
    assert.equal(leaks.sampler?.padding, undefined);
    assert.equal(leaks.snapshots.at(-1)?.callees_billed_to_callers, true);
  });

  it("gives way to V8's switch for code of the application that is minified", async () => {
    const leaks = await leaksOf(process.execPath, MINIFIED);
    assert.equal(topOf(leaks), 'remember');
    const { padding } = leaks.sampler ?? {};
    assert.equal(padding?.inlining_off_instead, true);
    assert.match(padding?.last_left_alone?.reason ?? '', /minified/);
  });

  it('can be done without', async () => {
    const leaks = await leaksOf(process.execPath, PROGRAMS['CommonJS modules'] as Files, {
      MONITORING_TRACEMALLOC_PADDING: 'false',
    });
    assert.equal(topOf(leaks), 'remember');
    assert.equal(leaks.sampler?.padding, undefined);
  });
});
