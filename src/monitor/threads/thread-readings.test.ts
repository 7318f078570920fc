import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createManualClock } from '../../../test/manual-clock.ts';
import { createPackageVersions, createPositionResolver, type SamplingDocument } from '../../heap/index.ts';
import { totalBytes, type WorkerThreadSample } from '../../model/index.ts';
import { type Bytes, MIB } from '../../units/index.ts';
import type { ThreadEvent, WorkerThreadSource } from './source.ts';
import { createThreadReadings } from './thread-readings.ts';

const FRAME = { functionName: '', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 };

function documentOf(bytes: Bytes): SamplingDocument {
  const keep = { ...FRAME, functionName: 'keep', url: 'file:///app/keep.js', lineNumber: 4, columnNumber: 2 };
  return {
    head: {
      callFrame: { ...FRAME, functionName: '(root)' },
      selfSize: 0,
      id: 1,
      children: [{ callFrame: keep, selfSize: bytes, id: 2, children: [] }],
    },
    samples: [{ size: bytes, nodeId: 2, ordinal: 1 }],
  };
}

const sampled = (threadId: number): WorkerThreadSample => ({
  threadId,
  name: `thread ${threadId}`,
  sampling: { kind: 'sampled' },
});

function setUp() {
  const clock = createManualClock();
  const live = new Map<number, Bytes>();
  const rounds: number[][] = [];
  let tell: (event: ThreadEvent) => void = () => {};
  const source: WorkerThreadSource = {
    read: () => assert.fail('samples are read elsewhere'),
    async readProfiles(wanted) {
      const ids = [...live.keys()].filter(wanted);
      rounds.push(ids);
      return ids.map((threadId) => ({
        threadId,
        name: `thread ${threadId}`,
        document: documentOf(live.get(threadId) ?? 0),
        sampleBytes: 64 * 1024,
        tookSeconds: 0,
      }));
    },
    buffers: () => [],
    subscribe(listener) {
      tell = listener;
      return () => {
        tell = () => {};
      };
    },
    close: () => {},
  };
  const readings = createThreadReadings({
    source,
    clock,
    knowledge: { positions: createPositionResolver(), packages: createPackageVersions() },
    metadata: {},
  });
  const collect = async (...ids: number[]): Promise<void> => {
    for (const threadId of ids) tell({ type: 'major-collection', threadId });
    await clock.advance(2);
  };
  return { clock, live, rounds, readings, collect };
}

describe('readings of worker threads', () => {
  it('are of each thread the least of two, by what is known of its files at the end', async () => {
    const { live, readings } = setUp();
    live.set(3, 50 * MIB);
    const wait = Promise.withResolvers<void>();
    const all = readings.readAll(wait.promise);
    live.set(3, 20 * MIB);
    live.set(4, 10 * MIB);
    wait.resolve();
    const found = await all;
    assert.deepEqual(
      found.map(({ thread, profile }) => [thread.id, totalBytes(profile)]),
      [
        [3, 20 * MIB],
        [4, 10 * MIB],
      ],
    );
  });

  it('tell what grows in which thread', async () => {
    const { live, readings, collect } = setUp();
    for (let step = 1; step <= 6; step += 1) {
      live.set(3, step * 10 * MIB);
      live.set(4, 20 * MIB);
      await collect(3, 4);
    }
    const growing = readings.growing();
    assert.equal(growing.length, 1);
    assert.deepEqual(growing[0]?.site.thread, { id: 3, name: 'thread 3' });
    assert.equal(growing[0]?.growthBytes, 40 * MIB);
  });

  it('are taken in one round of those that have collected', async () => {
    const { live, rounds, collect } = setUp();
    for (const id of [3, 4, 5]) live.set(id, MIB);
    await collect(3, 5, 3);
    assert.deepEqual(rounds, [[3, 5]]);
  });

  it('are taken of a thread that does not collect', async () => {
    const { clock, live, rounds, readings } = setUp();
    live.set(3, MIB);
    readings.observe([
      sampled(3),
      { ...sampled(4), sampling: { kind: 'not-sampled', reason: 'no preload' } },
    ]);
    await clock.advance(60);
    readings.observe([sampled(3)]);
    await clock.advance(2);
    assert.deepEqual(rounds, [[3]]);
  });

  it('go with their thread', async () => {
    const { live, readings, collect } = setUp();
    for (let id = 1; id <= 1000; id += 1) {
      live.clear();
      live.set(id, MIB);
      await collect(id);
      readings.observe([sampled(id)]);
    }
    assert.equal(readings.heldSites(), 1);
  });

  it('are not taken any more once they are stopped', async () => {
    const { live, rounds, readings, collect } = setUp();
    live.set(3, MIB);
    readings.stop();
    await collect(3);
    assert.deepEqual(rounds, []);
  });
});
