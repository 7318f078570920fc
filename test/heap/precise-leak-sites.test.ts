// Precise mode, whole: the service that leaks at three known places is told by the very line of the expression that allocates.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { otherNodes } from '../../scripts/other-nodes.ts';
import { BUILDS } from './builds.ts';
import { findLeaks, SOURCE } from './found-leaks.ts';

const NODES = [process.execPath, ...otherNodes()];

/** Where the arrays are made. */
const LINES = {
  rememberOrder: '  orders.push({ id,',
  enter: '    this.#entries.push(',
  openSession: '  sessions.set(id,',
};

for (const node of NODES) {
  describe(`leaks in precise mode on ${node === process.execPath ? process.version : node.split('/').at(-3)}`, () => {
    for (const [name, build] of Object.entries(BUILDS)) {
      it(`are told by their line of a program ${name}`, async () => {
        const { sampler, snapshots } = await findLeaks(node, build(SOURCE), {
          lines: LINES,
          tolerance: 0.15,
          settings: { MONITORING_TRACEMALLOC_PRECISE: 'true' },
        });
        assert.equal(snapshots.at(-1)?.sample_interval, 65_536);
        assert.equal(sampler?.started, 'native');
      });
    }
  });
}

describe('leaks in precise mode on other Node.js versions', () => {
  it('were looked for', (t) => {
    if (NODES.length === 1) t.skip('Node.js 22 and 26 could not be fetched');
  });
});
