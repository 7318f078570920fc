import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { arbitraryProfile, samplesOf } from '../../../test/profile/arbitrary-profile.ts';
import { totalBytes } from '../../model/index.ts';
import { allocationSites } from '../diff.ts';
import { readProfile } from './read.ts';
import { writeProfile } from './write.ts';

/** The protocol's SamplingHeapProfile. */
interface SamplingHeapProfile {
  readonly head: SamplingHeapProfileNode;
  readonly samples: readonly { readonly size: number; readonly nodeId: number; readonly ordinal: number }[];
}

interface SamplingHeapProfileNode {
  readonly callFrame: {
    readonly functionName: string;
    readonly scriptId: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly selfSize: number;
  readonly id: number;
  readonly children: readonly SamplingHeapProfileNode[];
}

function nodesOf(node: SamplingHeapProfileNode): SamplingHeapProfileNode[] {
  return [node, ...node.children.flatMap(nodesOf)];
}

const callFrame = { functionName: 'f', scriptId: '1', url: '/a.js', lineNumber: 0, columnNumber: 0 };
const root = { callFrame: { ...callFrame, functionName: '(root)', url: '' }, selfSize: 0, id: 1 };

function read(document: unknown) {
  return readProfile(new TextEncoder().encode(JSON.stringify(document)));
}

describe('.heapprofile', () => {
  it('tells functions of the same name apart by each part of their place', () => {
    const places = [
      {},
      { url: '/b.js' },
      { lineNumber: 1 },
      { columnNumber: 1 },
      { scriptId: '2' },
      { functionName: 'g' },
      {},
    ];
    const children = places.map((place, index) => ({
      callFrame: { ...callFrame, ...place },
      selfSize: 1,
      id: index + 2,
      children: [],
    }));
    const { frames, samples } = read({ head: { ...root, children } });
    assert.equal(frames.line.length, 1 + places.length - 1, 'the root, and the first and the last are one');
    assert.deepEqual([...samples.bytes], [2, 1, 1, 1, 1, 1]);
  });

  it("reads what V8's inspector answered", () => {
    const path = join(import.meta.dirname, '../../../fixtures/profiles/inspector.heapprofile');
    const text = readFileSync(path);
    const profile = readProfile(text);
    const nodes = nodesOf((JSON.parse(text.toString()) as SamplingHeapProfile).head);
    assert.equal(
      totalBytes(profile),
      nodes.reduce((sum, { selfSize }) => sum + selfSize, 0),
    );
    assert.deepEqual(
      allocationSites(profile).map(({ functionName, file, line, column }) => [
        functionName,
        file,
        line,
        column,
      ]),
      [
        ['Order', '/srv/plimsoll-capture/capture.mjs', 17, 14],
        ['remember', '/srv/plimsoll-capture/capture.mjs', 23, 18],
        ['handle', '/srv/plimsoll-capture/capture.mjs', 31, 16],
      ],
    );
    assert.equal(profile.metadata.counts, 'samples');
  });

  it('writes the tree that the protocol describes', () => {
    fc.assert(
      fc.property(arbitraryProfile, (profile) => {
        const text = new TextDecoder().decode(writeProfile(profile, 'heapprofile'));
        const { head, samples } = JSON.parse(text) as SamplingHeapProfile;
        const nodes = nodesOf(head);
        const selfSize = new Map(nodes.map((node) => [node.id, node.selfSize]));
        assert.equal(selfSize.size, nodes.length, 'ids are unique');
        assert.equal(head.callFrame.functionName, '(root)');
        for (const { nodeId, size } of samples) selfSize.set(nodeId, (selfSize.get(nodeId) ?? -1) - size);
        assert.ok(
          [...selfSize.values()].every((rest) => rest === 0),
          'the samples are the self sizes',
        );
        for (const { callFrame: frame } of nodes) assert.match(frame.scriptId, /^\d+$/);
      }),
    );
  });

  it('counts samples where the file has no counts', () => {
    const child = { callFrame, selfSize: 50, id: 2, children: [] };
    const samples = [20, 30].map((size) => ({ size, nodeId: 2, ordinal: size }));
    const [sample] = samplesOf(read({ head: { ...root, children: [child] }, samples }));
    assert.deepEqual([sample?.bytes, sample?.count], [50, 2]);
    const without = read({ head: { ...root, children: [child] } });
    assert.deepEqual([without.metadata.counts, samplesOf(without)[0]?.count], ['none', 0]);
  });

  it('keeps what the root itself holds', () => {
    const [sample] = samplesOf(read({ head: { ...root, selfSize: 7, children: [] } }));
    assert.deepEqual([sample?.bytes, sample?.stack[0]?.functionName], [7, '(root)']);
  });

  it('says what is missing or wrong', () => {
    const wrong: readonly (readonly [document: unknown, message: RegExp])[] = [
      [{ head: {} }, /without a callFrame/],
      [{ head: { ...root, children: [{ callFrame }] } }, /without an id/],
      [{ head: { ...root, children: [{ callFrame, id: 2 }] } }, /node 2 has no selfSize/],
      [{ head: { ...root, children: [{ callFrame: {}, selfSize: 1, id: 2 }] } }, /functionName/],
      [{ head: { ...root, children: 5 } }, /children of node 1/],
      [{ head: { ...root, selfSize: 0.5 } }, /0\.5/],
      [{ head: root, samples: 1 }, /samples is no list/],
      [{ head: root, samples: [{ nodeId: 8, domain: 0 }], plimsoll: {} }, /node 8/],
      [{ head: root, samples: [{ nodeId: 1, domain: 'x' }], plimsoll: {} }, /domain is x/],
      [{ head: root, samples: [], plimsoll: { counts: 'all' } }, /counts is "all"/],
    ];
    for (const [document, message] of wrong)
      assert.throws(() => read(document), { code: 'PROFILE_INVALID', message });
  });
});
