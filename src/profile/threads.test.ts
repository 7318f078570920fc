import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Profile, type ProfileMetadata, totalBytes } from '../model/index.ts';
import { ProfileBuilder } from './builder.ts';
import { readProfile } from './formats/read.ts';
import { writeProfile } from './formats/write.ts';
import { joinThreads, threadSites } from './threads.ts';

/** Names of functions, outermost first, with what they hold. */
function profileOf(
  stacks: Readonly<Record<string, number>>,
  metadata: ProfileMetadata = { counts: 'objects' },
): Profile {
  const builder = new ProfileBuilder();
  for (const [names, bytes] of Object.entries(stacks)) {
    const frames = names.split(' ').map((functionName) =>
      builder.frame({
        functionName,
        file: functionName.startsWith('(') ? '' : '/app/a.js',
        line: 1,
        column: 1,
      }),
    );
    builder.addSample(builder.stackOf(frames), bytes, 1);
  }
  return builder.build(metadata);
}

const MAIN = profileOf(
  { 'serve keep': 100, serve: 10, '(GC)': 1 },
  { counts: 'objects', threadName: 'main' },
);
const RESIZE = { thread: { id: 3, name: 'resize' }, profile: profileOf({ 'work keep': 70, '(root)': 2 }) };
const MAIL = { thread: { id: 4, name: 'mail (new) #2' }, profile: profileOf({ 'work keep': 50 }) };

describe('profiles of several threads', () => {
  it('are one profile in which each worker thread has a frame of its own', () => {
    const joined = joinThreads(MAIN, [RESIZE, MAIL]);
    assert.equal(totalBytes(joined), 233);
    const folded = new TextDecoder().decode(writeProfile(joined, 'folded'));
    assert.match(folded, /^serve \(\/app\/a\.js:1:1\);keep \(\/app\/a\.js:1:1\) 100$/m);
    assert.match(folded, /^\(worker resize #3\);work \(\/app\/a\.js:1:1\);keep \(\/app\/a\.js:1:1\) 70$/m);
    assert.match(folded, /^\(worker mail \(new\) #2 #4\);work/m);
    assert.equal(joined.metadata.threadName, undefined);
  });

  it('tell of each site which thread allocates there', () => {
    const sites = threadSites(joinThreads(MAIN, [RESIZE, MAIL])).map(
      ({ functionName, liveBytes, thread }) => [functionName, liveBytes, thread?.name, thread?.id],
    );
    assert.deepEqual(sites, [
      ['keep', 100, undefined, undefined],
      ['keep', 70, 'resize', 3],
      ['keep', 50, 'mail (new) #2', 4],
      ['serve', 10, undefined, undefined],
      ['(root)', 2, 'resize', 3],
      ['(GC)', 1, undefined, undefined],
    ]);
    assert.equal(threadSites(joinThreads(MAIN, [RESIZE, MAIL]), 2).length, 2);
  });

  it('tell the same after any format has carried them', () => {
    const joined = joinThreads(MAIN, [RESIZE]);
    for (const format of ['json', 'pprof', 'heapprofile', 'folded'] as const)
      assert.deepEqual(
        threadSites(readProfile(writeProfile(joined, format))).map(({ liveBytes, thread }) => [
          liveBytes,
          thread?.id,
        ]),
        threadSites(joined).map(({ liveBytes, thread }) => [liveBytes, thread?.id]),
        format,
      );
  });

  it('are the profile of the main thread where there are no others', () => {
    assert.equal(joinThreads(MAIN, []), MAIN);
    assert.ok(threadSites(MAIN).every((site) => site.thread === undefined));
  });
});
