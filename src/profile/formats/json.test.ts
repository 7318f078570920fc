import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProfile } from './read.ts';

const document = {
  format: 'plimsoll-profile',
  version: 1,
  metadata: { counts: 'objects' },
  functionNames: ['main', 'remember'],
  files: [{ path: '/srv/a.js', origin: { kind: 'dependency', packageName: 'p', version: '1.2.3' } }],
  frames: { functionName: [0, 1], file: [0, 0], line: [1, 5], column: [1, 2], scriptId: [-1, 3] },
  stacks: { parent: [-1, 0], frame: [0, 1] },
  samples: { stack: [1, 1], bytes: [100, 7], count: [2, 1], domain: [0, 1] },
};

function read(changes: object) {
  return readProfile(new TextEncoder().encode(JSON.stringify({ ...document, ...changes })));
}

describe("Plimsoll's JSON", () => {
  it('is the columns of a profile', () => {
    const profile = read({});
    assert.deepEqual(profile.files, document.files);
    assert.deepEqual([...profile.stacks.parent], [-1, 0]);
    assert.deepEqual([...profile.samples.bytes], [100, 7]);
  });

  it('says what is wrong with a column', () => {
    const { frames, stacks, samples } = document;
    const wrong: readonly (readonly [changes: object, message: RegExp])[] = [
      [{ metadata: 1 }, /metadata is no object/],
      [{ metadata: { basis: { kind: 'minimum' } } }, /metadata's basis/],
      [{ functionNames: [1, 2] }, /functionNames has 1/],
      [{ files: [{ path: '/a' }] }, /no known origin/],
      [{ files: [{ path: '/a', origin: { kind: 'dependency' } }] }, /dependency without a name/],
      [{ files: [{}] }, /without a path/],
      [{ frames: [] }, /frames is no object/],
      [{ frames: { ...frames, file: [0, 1] } }, /frames.file has 1/],
      [{ frames: { ...frames, line: [0] } }, /frames.line has 1 entries, not 2/],
      [{ stacks: { ...stacks, parent: [0, 0] } }, /parent comes first/],
      [{ stacks: { parent: [-1, -1], frame: [1, 1] } }, /stacks has number 1 twice/],
      [{ samples: { ...samples, bytes: [0.5, 1] } }, /samples.bytes has 0.5/],
      [{ samples: { ...samples, domain: [0, 0] } }, /samples has number 1 twice/],
      [{ samples: { ...samples, bytes: [0, 1], count: [0, 1] } }, /samples has nothing at 0/],
    ];
    for (const [changes, message] of wrong)
      assert.throws(() => read(changes), { code: 'PROFILE_INVALID', message });
  });
});
