import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { it } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);

it('is told without the application noticing, and without its help', async () => {
  const program = `
    import { readFileSync } from 'node:fs';
    import { watchBuffers } from '${new URL('./watch.ts', import.meta.url).href}';
    const preparations = [];
    Error.prepareStackTrace = (error, sites) => { preparations.push(error); return 'mine'; };
    Error.stackTraceLimit = 1;
    const seen = [];
    const watch = watchBuffers({ wallSeconds: () => 0, onReport: ({ changes }) => seen.push(...changes) });
    function direct() { return Buffer.alloc(100000); }
    function throughNode() { return readFileSync(process.execPath); }
    const kept = [direct(), throughNode()];
    await new Promise((resolve) => setTimeout(resolve, 1200));
    watch.stop();
    const functions = seen.filter(({ frames }) => frames).map(({ frames }) => frames[0].functionName);
    console.log(JSON.stringify({ functions, preparations: preparations.length, limit: Error.stackTraceLimit, kept: kept.length }));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program]);
  assert.deepEqual(JSON.parse(stdout), {
    functions: ['direct', 'throughNode'],
    preparations: 0,
    limit: 1,
    kept: 2,
  });
});
