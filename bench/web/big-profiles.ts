// A monitor with snapshots that no program has: as many call frames as one wants, answered by the API itself as any other.

import type { Profile } from '../../src/model/index.ts';
import type { Monitor, SnapshotRecord } from '../../src/monitor/monitor.ts';
import { decodeHeapProfile, writeProfile } from '../../src/profile/index.ts';
import { createFakeMonitor, fakeProfiling, fakeSnapshot, NOW_SECONDS } from '../../test/api/fake-monitor.ts';
import { createRandom } from '../leak/random.ts';

interface Node {
  readonly id: number;
  readonly selfSize: number;
  readonly callFrame: object;
  readonly children: Node[];
}

/** `count` snapshots of `boxes` frames each. */
export function monitorOfBigProfiles(count: number, boxes: number): Monitor {
  const profiles = new Map<string, Profile>();
  const snapshots = Array.from({ length: count }, (_, index): SnapshotRecord => {
    const id = `big-${index}`;
    profiles.set(id, decodeHeapProfile({ ...bigTree(boxes, index + 1) }));
    return { ...fakeSnapshot, id, atSeconds: NOW_SECONDS + index * 60 };
  });
  return {
    ...createFakeMonitor(),
    profiling: () => ({ ...fakeProfiling, kind: 'on', report: fakeReport(), snapshots, growingSites: [] }),
    snapshotFile: (id, format) => {
      const profile = profiles.get(id);
      return profile && writeProfile(profile, format);
    },
  };
}

function fakeReport() {
  if (fakeProfiling.kind !== 'on') throw new Error('the fake monitor profiles');
  return fakeProfiling.report;
}

/** Frames of a stack that V8's sampler keeps, by default. */
const MAX_DEPTH = 128;

/** V8's format: a tree of `boxes` call frames, some wide, some deep, of 3,000 functions in 300 files. */
function bigTree(boxes: number, seed: number): { readonly head: Node } {
  const random = createRandom(seed);
  const make = (id: number): Node => ({
    id,
    // Snapshots differ in size, so that one can see which is shown.
    selfSize: 512 * seed * random.integer(1, 2048),
    callFrame: callFrame(random.integer(0, 2999)),
    children: [],
  });
  const head: Node = {
    ...make(1),
    selfSize: 0,
    callFrame: { ...callFrame(0), functionName: '(root)', url: '' },
  };
  const nodes = [head];
  const depths = [0];
  while (nodes.length <= boxes) {
    // Mostly below a recent one, as deep as V8 looks.
    const recent = Math.max(0, nodes.length - 60);
    const drawn = random.integer(random.between(0, 1) < 0.2 ? 0 : recent, nodes.length - 1);
    const above = (depths[drawn] ?? 0) < MAX_DEPTH ? drawn : 0;
    const node = make(nodes.length + 1);
    nodes[above]?.children.push(node);
    nodes.push(node);
    depths.push((depths[above] ?? 0) + 1);
  }
  return { head };
}

function callFrame(number: number): object {
  return {
    functionName: `function${number}`,
    scriptId: String(number % 300),
    url:
      number % 3 === 0
        ? `/srv/app/src/file${number % 300}.ts`
        : `/srv/app/node_modules/package${number % 40}/index.js`,
    lineNumber: number % 900,
    columnNumber: 4,
  };
}
