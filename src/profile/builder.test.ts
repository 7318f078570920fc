import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EXTERNAL_DOMAIN, frameAt, framesOfStack, HEAP_DOMAIN, NO_STACK } from '../model/index.ts';
import { ProfileBuilder } from './builder.ts';
import { MAX_STACK_DEPTH } from './limits.ts';

const remember = { functionName: 'remember', file: '/srv/orders.ts', line: 41, column: 17, scriptId: 7 };
const handle = { functionName: 'handle', file: '/srv/server.ts', line: 3, column: 1 };

describe('ProfileBuilder', () => {
  it('keeps each frame and stack once and sums a stack by domain', () => {
    const builder = new ProfileBuilder();
    for (let turn = 0; turn < 2; turn += 1) {
      const stack = builder.stackOf([builder.frame(handle), builder.frame(remember)]);
      builder.addSample(stack, 100, 2);
      builder.addSample(stack, 1000, 1, EXTERNAL_DOMAIN);
    }
    const profile = builder.build({ counts: 'objects' });
    assert.deepEqual([...profile.samples.bytes], [200, 2000]);
    assert.deepEqual([...profile.samples.count], [4, 2]);
    assert.deepEqual([...profile.samples.domain], [HEAP_DOMAIN, EXTERNAL_DOMAIN]);
    assert.deepEqual([...profile.stacks.parent], [NO_STACK, 0]);
    const stack = profile.samples.stack[0] ?? NO_STACK;
    assert.deepEqual(
      framesOfStack(profile, stack).map((frame) => frameAt(profile, frame)),
      [
        { ...remember, origin: { kind: 'application' } },
        { ...handle, origin: { kind: 'application' } },
      ],
    );
  });

  it('gives a sample without frames the root frame', () => {
    const builder = new ProfileBuilder();
    builder.addSample(builder.stackOf([]), 10, 1);
    const profile = builder.build({ counts: 'objects' });
    assert.deepEqual(frameAt(profile, 0), {
      functionName: '(root)',
      file: '',
      line: 0,
      column: 0,
      origin: { kind: 'native' },
    });
  });

  it('keeps external memory apart from native code', () => {
    const builder = new ProfileBuilder();
    const kinds = ['push', '(external)'].map((functionName) =>
      builder.frame({ functionName, file: '', line: 0, column: 0 }),
    );
    const profile = builder.build({ counts: 'none' });
    assert.deepEqual(
      kinds.map((frame) => frameAt(profile, frame).origin.kind),
      ['native', 'external'],
    );
  });

  it('takes an impossible position for an unknown one', () => {
    const builder = new ProfileBuilder();
    const frame = builder.frame({ ...handle, line: -1, column: 2 ** 40 });
    const { line, column } = frameAt(builder.build({ counts: 'none' }), frame);
    assert.deepEqual([line, column], [0, 0]);
  });

  it('refuses weights that are no whole numbers, and stacks without end', () => {
    const builder = new ProfileBuilder();
    const frame = builder.frame(handle);
    const stack = builder.stackOf([frame]);
    for (const weight of [-1, 0.5, Number.NaN, 2 ** 53])
      assert.throws(() => builder.addSample(stack, weight, 1), { code: 'PROFILE_INVALID' });
    assert.throws(() => builder.stackOf(Array.from({ length: MAX_STACK_DEPTH + 1 }, () => frame)), {
      code: 'PROFILE_TOO_LARGE',
    });
  });
});
