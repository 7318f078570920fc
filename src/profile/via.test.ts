import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Profile } from '../model/index.ts';
import { ProfileBuilder } from './builder.ts';
import { allocationSites } from './diff.ts';

const at = (file: string, functionName: string, line = 1) => ({ file, functionName, line, column: 3 });
const APPLICATION = at('/srv/app.ts', 'handle', 7);
const PACKAGE = at('/srv/node_modules/comlink/dist/comlink.mjs', 'wrap', 211);
const NODE = at('node:internal/worker/io', 'setupPortReferencing');

/** Stacks outermost first, with their live bytes. */
function profileOf(
  ...stacks: readonly (readonly [frames: readonly ReturnType<typeof at>[], bytes: number])[]
): Profile {
  const builder = new ProfileBuilder();
  for (const [frames, bytes] of stacks) {
    const stack = frames.reduce((under, frame) => builder.stack(under, builder.frame(frame)), -1);
    builder.addSample(stack, bytes, 1);
  }
  return builder.build({ counts: 'objects' });
}

const viaOf = (profile: Profile) => allocationSites(profile).map(({ via }) => via?.functionName);

describe('whose call it was', () => {
  it("is told of the runtime's own places: the nearest frame of the application's or a package's", () => {
    assert.deepEqual(viaOf(profileOf([[APPLICATION, PACKAGE, NODE], 100])), ['wrap']);
    assert.deepEqual(viaOf(profileOf([[APPLICATION, NODE, at('node:events', 'emit')], 100])), ['handle']);
  });

  it('is the one of most of the bytes', () => {
    const profile = profileOf([[APPLICATION, NODE], 100], [[PACKAGE, NODE], 60], [[PACKAGE, NODE, NODE], 70]);
    assert.deepEqual(viaOf(profile), ['wrap']);
  });

  it('is not told of places that speak for themselves, or where nobody called', () => {
    assert.deepEqual(viaOf(profileOf([[APPLICATION], 100], [[APPLICATION, PACKAGE], 50])), [
      undefined,
      undefined,
    ]);
    assert.deepEqual(viaOf(profileOf([[NODE], 100])), [undefined]);
  });
});
