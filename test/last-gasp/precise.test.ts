// In precise mode the profile that a full heap writes by itself tells the expression, too.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { DEATHS, dyingProgram } from './dying-program.ts';

describe('a death at the heap limit in precise mode', () => {
  it('is told by the expression that grew', async (t) => {
    const program = dyingProgram(DEATHS['large arrays']);
    t.after(program.remove);
    const { signal, stderr } = await program.start({ MONITORING_TRACEMALLOC_PRECISE: 'true' }).ended;
    assert.equal(signal, 'SIGABRT', stderr);
    const { told, ended } = await program.startAgain();
    const [site] = told.previous_run?.growing_sites ?? [];
    const lines = readFileSync(program.file, 'utf8').split('\n');
    const line = lines.findIndex((text) => text.includes('new Array(')) + 1;
    const column = (lines[line - 1] ?? '').indexOf('new Array(') + 1;
    assert.deepEqual([site?.function, site?.line, site?.column], ['remember', line, column], ended.stderr);
  });
});
