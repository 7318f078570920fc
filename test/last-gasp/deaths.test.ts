// Programs that die of their heap's limit, and what their next start says of it.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { MIB } from '../../src/units/index.ts';
import { alertsIn, isOfOthers } from './alerts.ts';
import { DEATHS, type Death, dyingProgram } from './dying-program.ts';
import { cannotMakeGroups, memoryGroup } from './memory-group.ts';

describe('a death at the heap limit', () => {
  for (const [name, dies] of Object.entries(DEATHS) as [Death, string][])
    it(`leaves its evidence: ${name}`, async (t) => {
      const program = dyingProgram(dies);
      t.after(program.remove);
      const { signal, stderr } = await program.start().ended;
      assert.equal(signal, 'SIGABRT', stderr);

      const { told, ended } = await program.startAgain();
      assert.equal(ended.code, 0, ended.stderr);
      const run = told.previous_run;
      assert.ok(run, ended.stderr);
      assert.equal(run.cause, 'heap-limit');
      assert.match(
        run.summary,
        /^previous run died at \d+ of 64 MiB; \d+ % of the growth: orders\.mjs:\d+ remember$/,
      );
      const [site] = run.growing_sites;
      assert.deepEqual([site?.function, site?.file], ['remember', program.file]);
      // Growth counts from the first reading, at which much of it may have lived already.
      assert.ok(site && site.share > 0.5 && site.live_mb > 20 && site.growth_mb > 2, JSON.stringify(site));
      assert.equal(told.pprof, 200, 'its last profile can be downloaded');
      assert.match(ended.stderr, /"event":"previous run died"/);
      const alerts = told.alerts.filter(({ key }) => key === 'heap_near_limit');
      assert.deepEqual(
        alerts.map(({ severity }) => severity),
        ['critical'],
      );
      assert.ok(alerts[0]?.message.includes(run.summary));
      assert.equal(alertsIn(ended.stderr).length, 1);

      const again = await program.startAgain();
      assert.equal(again.told.previous_run, null, 'it is told once');
      assert.doesNotMatch(again.ended.stderr, /"event":"previous run died"/);
      assert.deepEqual(alertsIn(again.ended.stderr), []);
    });
});

const group = memoryGroup('deaths', 256 * MIB);

describe("a death by the kernel's OOM killer", { skip: cannotMakeGroups(group) }, () => {
  before(group.make);
  after(group.remove);

  it('is known at the next start, outside the group, by what the kernel has counted', async (t) => {
    const program =
      dyingProgram(`(await import('node:fs')).writeFileSync('${group.processes}', String(process.pid));
      const kept = [];
      setTimeout(() => setInterval(() => kept.push(Buffer.alloc(1e6, 1)), 30), 1500);`);
    t.after(program.remove);
    const { signal } = await program.start().ended;
    assert.equal(signal, 'SIGKILL');
    const { told, ended } = await program.startAgain();
    const run = told.previous_run;
    assert.equal(run?.cause, 'oom-kill', ended.stderr);
    assert.match(run.summary, /at \d+ of 256 MiB; most of the growth: buffers/);
    assert.equal(run.cgroup_limit_mb, 256);
    assert.ok(run.grown && run.grown.external_mb > 50);
    const kills = told.alerts.filter(({ key }) => key === 'oom_kill');
    assert.deepEqual(
      kills.map(({ severity }) => severity),
      ['critical'],
    );
  });
});

describe('a run that ends well', () => {
  const ends: Readonly<Record<string, string>> = {
    'by exit': 'process.exit(3);',
    'by an error': "throw new Error('on purpose');",
    'by a signal that it handles': `process.on('SIGTERM', () => process.exit(0)); process.kill(process.pid, 'SIGTERM');
      await new Promise((resolve) => setTimeout(resolve, 1000));`,
  };
  for (const [how, code] of Object.entries(ends))
    it(`is not told: ${how}`, async (t) => {
      const program = dyingProgram(code);
      t.after(program.remove);
      await program.start().ended;
      const { told, ended } = await program.startAgain();
      assert.equal(told.previous_run, null, ended.stderr);
      assert.doesNotMatch(ended.stderr, /previous run/);
    });

  it('is not told while it runs', async (t) => {
    const program = dyingProgram(`await new Promise((resolve) => setTimeout(resolve, 60_000));`);
    t.after(program.remove);
    const first = program.start();
    await program.begun();
    const { told } = await program.startAgain();
    assert.equal(told.previous_run, null);
    first.child.kill('SIGKILL');
    await first.ended;
    const again = await program.startAgain();
    assert.equal(again.told.previous_run?.cause, 'killed');
    const alerts = again.told.alerts.filter(({ message }) => !isOfOthers(message));
    assert.deepEqual(alerts, [], 'nobody knows that it was for memory');
    assert.deepEqual(readdirSync(join(program.dataDir, 'runs')), [], 'nothing is left of runs that ended');
  });
});
