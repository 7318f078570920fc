// Processes in containers: their loopback is another, and their process ids and files may be too.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import { namespaceListeners } from '../../src/heap/attach/listeners.ts';
import { eventually } from '../service/program.ts';
import { startProfiler } from './profiler-process.ts';
import { attachTo, isRunning, LEAK, openPorts, startTarget, topSite } from './target-process.ts';

const NETWORK = ['unshare', '--net', 'sh', '-c', 'ip link set lo up; exec "$@"', '-'];
const CONTAINER = [
  'unshare',
  '--net',
  '--mount',
  '--pid',
  '--fork',
  '--kill-child',
  '--mount-proc',
  ...NETWORK.slice(2),
];

/** The reason to skip where this user may not make namespaces, or the tools are missing. */
function noNamespaces(): string | false {
  const { status, stderr } = spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up'], {
    encoding: 'utf8',
  });
  return status === 0 ? false : `no network namespaces here: ${stderr?.trim() || 'unshare or ip is missing'}`;
}

/** What `unshare --fork` has started. */
function childOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  return children[0] ?? 0;
}

const relays = (): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => commandOf(pid).includes('namespace-relay'));

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

const closes = (pid: number) =>
  eventually(
    async () => namespaceListeners('/proc', pid),
    ({ length }) => length === 0,
  );

describe('a process in another network namespace', { skip: noNamespaces() }, () => {
  it('is profiled, on the default port whoever has it here', async (t) => {
    const { pid } = await startTarget(t, LEAK, { wrapper: NETWORK, flags: [] });
    const reading = await attachTo(pid);
    assert.equal(topSite(reading).name, 'remember');
    assert.deepEqual([reading.inspector, openPorts(pid), reading.filesRoot], ['closed', [], undefined]);
  });

  it('is profiled in a container, whose files lie under another root', async (t) => {
    const { pid: wrapper } = await startTarget(t, LEAK, { wrapper: CONTAINER, flags: [] });
    const pid = childOf(wrapper);
    const reading = await attachTo(pid);
    const { name, url } = topSite(reading);
    assert.equal(name, 'remember');
    assert.match(basename(url), /\.mjs$/);
    assert.deepEqual(
      [reading.inspector, openPorts(pid), reading.filesRoot],
      ['closed', [], `/proc/${pid}/root`],
    );
  });

  it('closes its inspector when the profiling process was killed', async (t) => {
    for (const wrapper of [NETWORK, CONTAINER]) {
      const target = await startTarget(t, LEAK, { wrapper, flags: [] });
      const pid = wrapper === CONTAINER ? childOf(target.pid) : target.pid;
      const { child } = await startProfiler(t, pid);
      assert.equal(namespaceListeners('/proc', pid).length, 1);
      child.kill('SIGKILL');
      await closes(pid);
      assert.ok(isRunning(pid));
    }
    await eventually(
      async () => relays(),
      ({ length }) => length === 0,
    );
  });
});
