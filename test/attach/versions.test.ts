// Every version of Node.js that can be profiled from outside, started as anybody starts it: without a flag.
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { before, describe, it } from 'node:test';
import { installOtherNodes, otherNodes } from '../../scripts/other-nodes.ts';
import { namespaceListeners } from '../../src/heap/attach/listeners.ts';
import { eventually } from '../service/program.ts';
import { attachTo, LEAK, openPorts, startTarget, topSite, WEDGED } from './target-process.ts';

const OLDEST = 18;
installOtherNodes();
const nodes = [process.execPath, ...otherNodes(OLDEST)];

/** Busy for long enough to be profiled; afterwards it says when its event loop turns, and when it has turned a few times. */
const BUSY_AT_FIRST = `${LEAK.replace(/setInterval.*\n/, '')}
for (const end = Date.now() + 8000; Date.now() < end;) { remember(1); if (kept.length > 20_000) kept.length = 0; }
let turns = 0;
setInterval(() => { turns += 1; if (turns === 1) console.log('turning'); if (turns === 20) console.log('turned often'); }, 20);
`;

/** The default port is one for the whole machine. */
async function defaultPortIsFree(): Promise<void> {
  const holders = async () => namespaceListeners('/proc', process.pid).filter(({ port }) => port === 9229);
  await eventually(holders, ({ length }) => length === 0);
}

describe('attaching to a running process', () => {
  before(() => assert.ok(nodes.length > 1, 'other versions than our own'));

  for (const node of nodes) {
    for (const format of ['cjs', 'mjs'] as const) {
      it(`finds the leak and leaves nothing open: ${format} on ${node}`, async (t) => {
        await defaultPortIsFree();
        const { pid, child } = await startTarget(t, LEAK, { node, format, flags: [] });
        const reading = await attachTo(pid, { seconds: 1 });
        const { name, url } = topSite(reading);
        assert.equal(name, 'remember');
        assert.match(basename(url), /^program-\d+\.[cm]js$/);
        assert.match(reading.nodeVersion, /^v\d+\.\d+\.\d+$/);
        assert.deepEqual([reading.inspector, openPorts(pid)], ['closed', []]);
        assert.equal(child.exitCode, null);
      });
    }

    it(`samples and closes while the event loop is wedged: on ${node}`, async (t) => {
      const { pid, child } = await startTarget(t, WEDGED, { node });
      const reading = await attachTo(pid);
      assert.deepEqual([reading.inspector, openPorts(pid)], ['closed', []]);
      assert.ok(reading.document.samples.length > 0);
      assert.equal(child.exitCode, null);
    });

    it(`keeps it closed when the event loop that was wedged turns again: on ${node}`, async (t) => {
      const target = await startTarget(t, BUSY_AT_FIRST, { node });
      const reading = await attachTo(target.pid);
      assert.doesNotMatch(target.output(), /turning/, 'it was wedged all the while');
      assert.deepEqual([reading.inspector, openPorts(target.pid)], ['closed', []]);
      await target.seen(/turned often/);
      assert.deepEqual(openPorts(target.pid), []);
    });

    it(`does so again and again: on ${node}`, async (t) => {
      const { pid, child } = await startTarget(t, LEAK, { node });
      for (let round = 0; round < 5; round += 1) {
        const { inspector } = await attachTo(pid, { seconds: 0.1 });
        assert.equal(inspector, 'closed');
      }
      assert.deepEqual([openPorts(pid), child.exitCode], [[], null]);
    });
  }
});
