// A heap that was full, and came down again: V8 raised its limit while the profile was put together, and what filled the heap let
// go of it. That is no death, and the next one leaves evidence of its own.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { allocationSites, readProfile } from '../../src/profile/index.ts';
import type { Program } from '../service/program.ts';
import { isOfOthers } from './alerts.ts';
import { type DyingProgram, dyingProgram } from './dying-program.ts';

/** Names of functions that are gone, which V8 makes anew, have it run into its limit once more while it puts the profile together. */
const FILLS = `const { getHeapStatistics, setFlagsFromString } = await import('node:v8');
  const limit = () => getHeapStatistics().heap_size_limit;
  const atFirst = limit();
  let kept = [];
  function once(k) {
    const name = 'once_' + k + '_' + 'x'.repeat(2000);
    const body = '(n) => { const all = []; for (let j = 0; j < 40; j += 1) all.push({ n, j }); return all; }';
    return new Function('n', 'const ' + name + ' = ' + body + '; return ' + name + '(n);')(k);
  }
  function spike(n) { kept.push(new Array(100_000).fill(n)); }
  for (let k = 0; k < 5000; k += 1) kept.push(once(k));
  for (let n = 0; limit() === atFirst; n += 1) spike(n);
  kept = undefined;
  setFlagsFromString('--expose-gc');
  (await import('node:vm')).runInNewContext('gc')();`;
const WAITS = 'setInterval(() => {}, 1000);';
const LEAKS_LATER = `setInterval(() => {}, 1000);
  await new Promise((resolve) => process.once('SIGUSR2', resolve));
  const leaked = [];
  function remember(order) { leaked.push({ order, lines: [order, order + 1], note: 'order ' + order }); }
  for (let order = 0; ; order += 1) remember(order);`;

interface Outlived {
  readonly program: DyingProgram;
  readonly running: Program;
  readonly snapshotId: string;
}

const LIVES_ON = /the heap was at its limit, and the process lives on.*"snapshot":"(\w+)"/;

/** V8 raises the limit in nearly every run, and ends the others. */
const MOST_RUNS = 5;

async function outlive(test: TestContext, then: string): Promise<Outlived> {
  for (let run = 0; run < MOST_RUNS; run += 1) {
    const program = dyingProgram(`${FILLS}\n${then}`);
    const running = program.start({ MONITORING_TRACEMALLOC_SAMPLE_BYTES: '4096' });
    test.after(() => {
      running.child.kill('SIGKILL');
      program.remove();
    });
    const snapshotId = await outlivedSnapshot(running);
    if (snapshotId) return { program, running, snapshotId };
  }
  return assert.fail(`not outlived in ${MOST_RUNS} runs`);
}

/** Undefined where it was not outlived. */
async function outlivedSnapshot(running: Program): Promise<string | undefined> {
  const seen = await running.seen(LIVES_ON).catch((error: Error) => {
    assert.match(error.message, /JavaScript heap out of memory/);
  });
  return seen?.[1];
}

describe('a full heap that is outlived', () => {
  it('is a snapshot and a line in the log, and no death', async (test) => {
    const { program, running, snapshotId } = await outlive(test, WAITS);
    running.child.kill('SIGTERM');
    const { signal, stderr } = await running.ended;
    assert.equal(signal, 'SIGTERM', stderr);
    const file = join(program.dataDir, 'profiles', `${snapshotId}.json.gz`);
    const profile = readProfile(readFileSync(file));
    assert.equal(profile.metadata.trigger, 'near-limit');
    const names = allocationSites(profile, 5).map(({ functionName }) => functionName);
    assert.ok(names.includes('spike'), names.join());

    const { told } = await program.startAgain();
    assert.equal(told.previous_run?.cause, 'killed');
    assert.deepEqual(
      told.alerts.filter(({ message }) => !isOfOthers(message)),
      [],
    );
  });

  it('leaves the place to the evidence of a death that comes later', async (test) => {
    const { program, running } = await outlive(test, LEAKS_LATER);
    running.child.kill('SIGUSR2');
    const { signal, stderr } = await running.ended;
    assert.equal(signal, 'SIGABRT', stderr);
    assert.equal(stderr.match(/^NearHeapLimit/gm)?.length, 2, stderr);
    const { told } = await program.startAgain();
    assert.equal(told.previous_run?.cause, 'heap-limit');
    assert.equal(told.previous_run?.growing_sites[0]?.function, 'remember');
  });
});
