// The promise of allocation profiling, whole: a service that leaks at three known places, in three builds, on every supported
// Node.js, is told by the TypeScript function, file and line, in the right order, and by how much.
import { describe, it } from 'node:test';
import { otherNodes } from '../../scripts/other-nodes.ts';
import { BUILDS } from './builds.ts';
import { findLeaks, SOURCE } from './found-leaks.ts';

const NODES = [process.execPath, ...otherNodes()];

/** Where the functions start. */
const LINES = {
  rememberOrder: 'function rememberOrder(',
  enter: '  enter(',
  openSession: 'const openSession =',
};

function sampledAt(bytes: number): Record<string, string> {
  return { MONITORING_TRACEMALLOC_ENABLED: 'true', MONITORING_TRACEMALLOC_SAMPLE_BYTES: String(bytes) };
}

for (const node of NODES) {
  describe(`leaks on ${node === process.execPath ? process.version : node.split('/').at(-3)}`, () => {
    for (const [name, build] of Object.entries(BUILDS)) {
      it(`are told of a program ${name}`, async () => {
        await findLeaks(node, build(SOURCE), { lines: LINES, tolerance: 0.25, settings: sampledAt(524_288) });
      });
    }

    it('are told more precisely at a shorter interval', async () => {
      await findLeaks(node, SOURCE, { lines: LINES, tolerance: 0.15, settings: sampledAt(65_536) });
    });
  });
}

describe('leaks on other Node.js versions', () => {
  it('were looked for', (t) => {
    if (NODES.length === 1) t.skip('Node.js 22 and 26 could not be fetched');
  });
});
