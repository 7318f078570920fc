// `plimsoll run --report` on programs that end in every way there is. They are sampled ten times a second, so that a dozen seconds
// are what a minute is by default.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { RunReport } from '../../src/cli/run/report.ts';
import { MIB } from '../../src/units/index.ts';
import { startCommand } from '../agent/running-agent.ts';
import type { Ended } from './program.ts';

const SAMPLED_OFTEN = { MONITORING_PORT: '0', MONITORING_SAMPLE_INTERVAL: '0.1' };

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-report-'));
after(() => rmSync(folder, { recursive: true }));

/** Keeps what it allocates, some 3 MB a second. */
const REMEMBER = `
  const pending = [];
  function rememberOrder(id) {
    pending.push({ id, lines: new Array(300).fill(id) });
  }
  let orders = 0;
  setInterval(() => { for (let k = 0; k < 25; k++) rememberOrder(orders++); }, 20);`;

interface Run extends Ended {
  readonly report: RunReport;
}

async function runWithReport(
  name: string,
  code: string,
  options: readonly string[] = [],
  flags: readonly string[] = [],
): Promise<Run> {
  const program = join(folder, `${name}.mjs`);
  const file = join(folder, `${name}.json`);
  writeFileSync(program, code);
  const argv = ['run', ...options, '--report', file, '--', process.execPath, ...flags, program];
  const ended = await startCommand(argv, SAMPLED_OFTEN).ended;
  return { ...ended, report: JSON.parse(readFileSync(file, 'utf8')) };
}

const afterSeconds = (seconds: number, code: string) => `setTimeout(() => { ${code} }, ${seconds * 1000});`;

function assertNamed({ growing_sites: sites }: RunReport, name: string): void {
  const [site] = sites.filter((each) => each.function === name);
  assert.ok(site, `${name} is among ${JSON.stringify(sites)}`);
  assert.ok(site.growth_mb > 1 && site.live_mb >= site.growth_mb && site.share > 0.2, JSON.stringify(site));
}

describe('plimsoll run --report', { concurrency: 2 }, () => {
  it('finds a leak and its function, and fails when that is wanted', async () => {
    const { code, stderr, report } = await runWithReport(
      'leaking',
      REMEMBER + afterSeconds(20, 'process.exit(0)'),
      ['--fail-on-leak'],
    );
    assert.equal(report.verdict, 'leaking', JSON.stringify(report));
    assert.deepEqual([report.leak, report.part, code], [true, 'heap', 3]);
    assertNamed(report, 'rememberOrder');
    assert.ok((report.growth_bytes_per_second.heap ?? 0) > 500_000);
    assert.deepEqual(report.exit, { code: 0, signal: null, reason: 'exited' });
    assert.ok(report.samples > 60 && report.duration_seconds > 13);
    assert.doesNotMatch(stderr, /debugger/, 'no word of the means');
    assert.match(stderr, /leaking .* in the JavaScript heap .*leaking\.mjs:3 rememberOrder/);
  });

  it('accuses nobody whose memory only comes and goes', async () => {
    const { code, report } = await runWithReport(
      'healthy',
      `let batch = [];
       setInterval(() => {
         for (let k = 0; k < 25; k++) batch.push(Array.from({ length: 40 }, (_, n) => 'value ' + n));
         if (batch.length > 2000) batch = [];
       }, 20);
       ${afterSeconds(20, 'process.exit(0)')}`,
      ['--fail-on-leak'],
    );
    assert.deepEqual([report.leak, code], [false, 0], JSON.stringify(report));
    assert.notEqual(report.verdict, 'not-enough-data');
  });

  it('knows what a killed program did until a second before', async () => {
    const { signal, report } = await runWithReport(
      'killed',
      REMEMBER + afterSeconds(18, "process.kill(process.pid, 'SIGKILL')"),
    );
    assert.equal(signal, 'SIGKILL');
    assert.equal(report.exit.signal, 'SIGKILL');
    assert.match(report.exit.reason, /^(signal|killed)/);
    assertNamed(report, 'rememberOrder');
    assert.ok((report.growth_bytes_per_second.heap ?? 0) > 500_000);
  });

  it("tells a heap's limit from other ends", async () => {
    const { signal, report } = await runWithReport(
      'full',
      REMEMBER.replace('k < 25', 'k < 60'),
      [],
      ['--max-old-space-size=64'],
    );
    assert.equal(signal, 'SIGABRT');
    assert.deepEqual(report.exit, { code: null, signal: 'SIGABRT', reason: 'out of memory (V8 heap limit)' });
    assertNamed(report, 'rememberOrder');
  });

  it('reports on a program that crashes, or ends before it was sampled, or is none of Node.js', async () => {
    const crashed = await runWithReport('crashed', afterSeconds(1, "throw new Error('at once')"));
    assert.deepEqual(crashed.report.exit, { code: 1, signal: null, reason: 'exited' });
    assert.equal(crashed.report.verdict, 'not-enough-data');
    assert.match(crashed.stderr, /at once/);
    const file = join(folder, 'other.json');
    const { code } = await startCommand(['run', '--report', file, '--', 'sh', '-c', 'exit 5']).ended;
    const report = JSON.parse(readFileSync(file, 'utf8')) as RunReport;
    assert.equal(code, 5);
    assert.deepEqual([report.samples, report.growing_sites, report.exit.code], [0, [], 5]);
    const left = readdirSync(folder).filter((name) => /^(crashed|other)\.json./.test(name));
    assert.deepEqual(left, [], 'nothing but the reports');
  });

  it('starts nothing when there is no place for the report', async () => {
    const argv = ['run', '--report', join(folder, 'nowhere', 'r.json'), '--', 'sh', '-c', 'echo started'];
    const { code, stdout, stderr } = await startCommand(argv).ended;
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^plimsoll: \[REPORT_NOT_WRITABLE\] .*\n$/);
    const without = await startCommand(['run', '--fail-on-leak', '--', 'sh', '-c', 'echo started']).ended;
    assert.deepEqual([without.code, without.stdout], [64, '']);
  });
});

const MEMORY_GROUPS = '/sys/fs/cgroup/memory';
const GROUP = join(MEMORY_GROUPS, `plimsoll-report-${process.pid}`);

function mayMakeGroups(): boolean {
  try {
    mkdirSync(GROUP);
    writeFileSync(join(GROUP, 'memory.limit_in_bytes'), String(256 * MIB));
    rmdirSync(GROUP);
    return true;
  } catch {
    return false;
  }
}

const skip = !mayMakeGroups() && 'no version 1 memory group can be made here';

describe('plimsoll run --report in a control group with a limit', { skip }, () => {
  before(() => {
    mkdirSync(GROUP);
    writeFileSync(join(GROUP, 'memory.limit_in_bytes'), String(256 * MIB));
  });
  after(() => rmdirSync(GROUP));

  it("takes a death by the kernel's OOM killer for what it is", async () => {
    const { signal, report } = await runWithReport(
      'oom',
      `import { writeFileSync } from 'node:fs';
       writeFileSync('${join(GROUP, 'cgroup.procs')}', String(process.pid));
       const kept = [];
       setTimeout(() => setInterval(() => kept.push(Buffer.alloc(1e6, 1)), 50), 1500);`,
    );
    assert.equal(signal, 'SIGKILL');
    assert.match(report.exit.reason, /^killed .*oom_kill rose/);
    assert.ok(report.samples > 3 && (report.growth_bytes_per_second.external ?? 0) > 1e6);
  });
});
