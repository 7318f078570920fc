import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { samplesOf } from '../../../test/profile/arbitrary-profile.ts';
import { ProfileBuilder } from '../builder.ts';
import { readProfile } from './read.ts';
import { writeProfile } from './write.ts';

function read(text: string) {
  return samplesOf(readProfile(new TextEncoder().encode(text)));
}

describe('folded stacks', () => {
  it('are a line a stack that flame graph tools read', () => {
    const builder = new ProfileBuilder();
    const frames = [
      { functionName: 'main', file: '/srv/a.ts', line: 1, column: 2 },
      { functionName: 'a;b', file: '/srv/(group)/b.ts', line: 3, column: 0 },
      { functionName: 'push', file: '', line: 0, column: 0 },
    ];
    builder.addSample(builder.stackOf(frames.map((frame) => builder.frame(frame))), 512, 3);
    const text = new TextDecoder().decode(writeProfile(builder.build({ counts: 'objects' }), 'folded'));
    assert.equal(
      text,
      '# plimsoll {"counts":"none"}\nmain (/srv/a.ts:1:2);a%3Bb (/srv/%28group):3:0);push 512\n'.replace(
        'group)',
        'group)/b.ts',
      ),
    );
  });

  it('are read as other tools write them, names with spaces and all, and nothing is decoded', () => {
    const samples = read('main;parse %3B JSON 100\r\nmain;read (/srv/a.js:3:4) 20\n\nmain 5\n');
    assert.deepEqual(
      samples.map(({ stack, bytes }) => [stack.map(({ functionName }) => functionName), bytes]),
      [
        [['main', 'parse %3B JSON'], 100],
        [['main', 'read'], 20],
        [['main'], 5],
      ],
    );
    assert.deepEqual(samples[1]?.stack[1], { functionName: 'read', file: '/srv/a.js', line: 3, column: 4 });
  });

  it('say which line is wrong', () => {
    assert.throws(() => read('main;parse 100\nmain;read\n'), {
      code: 'PROFILE_INVALID',
      message: /line 2/,
    });
    assert.throws(() => read('# plimsoll {"counts":\nmain 1\n'), {
      code: 'PROFILE_INVALID',
      message: /metadata/,
    });
  });
});
