// `plimsoll profile` against real processes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { allocationSites, PROFILE_FORMATS, readProfile } from '../../src/profile/index.ts';
import { startCommand } from '../agent/running-agent.ts';
import { runForTest } from '../cli/run-command.ts';
import { IDLE, LEAK, openPorts, scriptFile, startTarget } from './target-process.ts';

const QUICK = ['--seconds', '0.5', '--interval', '8192'];

describe('plimsoll profile', () => {
  it('tells what it does, and prints the sites with their places', async (t) => {
    const { pid } = await startTarget(t, LEAK);
    const { status, stdout, stderr } = await runForTest(['profile', String(pid), ...QUICK]);
    assert.equal(status, 0, stderr);
    assert.match(
      stderr,
      /^attached to process \d+, Node\.js v\d\S+: reading the profile will pause a heap of \S+ MiB for about .*\nsampling for 0\.5 s\ndetached: the inspector is closed again\n$/,
    );
    assert.match(stdout, /^process {2}\d+, Node\.js v\d/);
    const header =
      / +LIVE +SHARE +OBJECTS +FUNCTION +FILE\n.* \d+ % +\d+ +remember +\/.*program-\d+\.mjs:3:18\n/;
    assert.match(stdout, header);
    assert.match(stdout, /caution: what was allocated before the sampling is not in it/);
    assert.deepEqual(openPorts(pid), []);
  });

  it('answers in JSON', async (t) => {
    const { pid } = await startTarget(t, LEAK);
    const { stdout } = await runForTest(['profile', '--json', '--top', '1', ...QUICK, String(pid)]);
    const record = JSON.parse(stdout);
    assert.deepEqual([record.pid, record.inspector, record.sites.length], [pid, 'closed', 1]);
    const [site] = record.sites;
    assert.deepEqual([site.function, site.line, site.origin], ['remember', 3, 'application']);
    assert.ok(site.live_bytes > 0 && site.share > 0.5 && site.count > 0);
  });

  it('writes the whole profile in every format', async (t) => {
    const { pid } = await startTarget(t, LEAK);
    for (const format of PROFILE_FORMATS) {
      const path = scriptFile('');
      const { status } = await runForTest([
        'profile',
        String(pid),
        ...QUICK,
        '--output',
        path,
        '--format',
        format,
      ]);
      assert.equal(status, 0);
      const [site] = allocationSites(readProfile(readFileSync(path)));
      assert.equal(site?.functionName, 'remember', format);
    }
  });

  it('shows what was sampled when it is interrupted', async (t) => {
    const { pid } = await startTarget(t, LEAK);
    const command = startCommand(['profile', String(pid), '--seconds', '600', '--interval', '8192']);
    await command.seen(/sampling for 10 min/);
    setTimeout(() => command.child.kill('SIGINT'), 500);
    const { code, stdout } = await command.ended;
    assert.equal(code, 0);
    assert.match(stdout, /remember/);
    assert.deepEqual(openPorts(pid), []);
  });

  it('says in one line with a code what is in the way', async (t) => {
    const { pid } = await startTarget(t, IDLE, { flags: ['--disable-sigusr1'] });
    const cases: readonly (readonly [string, string])[] = [
      [String(pid), 'SIGNAL_NOT_HANDLED'],
      [String(process.pid), 'ATTACH_TO_ITSELF'],
      ['4194303', 'PROCESS_NOT_FOUND'],
    ];
    for (const [operand, code] of cases) {
      const { status, stdout, stderr } = await runForTest(['profile', operand, ...QUICK]);
      assert.deepEqual([status, stdout], [1, '']);
      assert.match(stderr, new RegExp(`^plimsoll: \\[${code}\\] .*\\n$`));
    }
    const nowhere = await runForTest(['profile', String(pid), '--output', '/nonexistent/a.pprof']);
    assert.match(nowhere.stderr, /^plimsoll: \[ENOENT\]/);
    assert.equal((await runForTest(['profile', 'node'])).status, 64);
  });
});
