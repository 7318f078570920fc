// A profile of the shape that a large service has: thousands of functions in hundreds of files, calling each other in a tree
// whose stacks share their outer frames. Random, and the same for the same seed.

import { NO_STACK, type Profile } from '../../src/model/index.ts';
import { type NewFrame, ProfileBuilder } from '../../src/profile/builder.ts';

const FILES = 600;
const FUNCTIONS_PER_FILE = 12;
const MOST_FRAMES = 64;
/** How often the next sample goes deeper rather than back to a caller: stacks are about 25 frames deep at the median. */
const DEEPER = 0.49;

/** Stacks that each have one sample. */
export function generateProfile(stacks: number, seed: number): Profile {
  const random = lehmer(seed);
  const builder = new ProfileBuilder();
  const frames = functions().map((frame) => builder.frame(frame));
  const path: number[] = [];
  let made = 0;
  while (made < stacks) {
    if (path.length < MOST_FRAMES && (path.length === 0 || random() < DEEPER)) {
      // The hotter functions have the lower numbers.
      const frame = frames[Math.floor(random() ** 2 * frames.length)] ?? 0;
      const stack = builder.stack(path.at(-1) ?? NO_STACK, frame);
      path.push(stack);
      builder.addSample(stack, 1 + Math.floor(random() * 1e6), 1 + Math.floor(random() * 1000));
      made += 1;
    } else path.pop();
  }
  return builder.build({ counts: 'objects', sampleIntervalBytes: 524_288 });
}

function functions(): NewFrame[] {
  return Array.from({ length: FILES * FUNCTIONS_PER_FILE }, (_, index) => {
    const file = index % FILES;
    const dependency = file % 3 === 0;
    return {
      functionName: `${['handle', 'parse', 'render', 'load', 'map'][index % 5]}${['Order', 'Session', 'Row'][index % 3]}${index}`,
      file: dependency
        ? `/srv/app/node_modules/package-${file}/lib/module.js`
        : `/srv/app/src/area-${file % 20}/module-${file}.ts`,
      line: 1 + (index % 900),
      column: 1 + (index % 40),
      scriptId: 1 + file,
    };
  });
}

/** Numbers from 0 to 1 by Lehmer's generator (Park and Miller). */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
