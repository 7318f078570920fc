import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSiteTable, type LoadedFile } from './site-table.ts';
import { createThreadSites } from './thread-sites.ts';

/** One function on line `line`, at column 4, made for the expression at column 2. */
function fileWithSite(line: number): Extract<LoadedFile, { kind: 'rewritten' }> {
  const places = { text: Int32Array.of(), sites: Int32Array.of(line, 4, 2) };
  return { kind: 'rewritten', url: 'file:///app/keep.mjs', path: '/app/keep.mjs', places };
}

describe('the sites of worker threads', () => {
  it('are those of the text that the thread itself has loaded', () => {
    const main = createSiteTable('precise');
    main.add(fileWithSite(1));
    const threads = createThreadSites(main);
    threads.add(3, fileWithSite(1));
    threads.add(4, fileWithSite(7));
    assert.deepEqual(threads.of(3)?.find('/app/keep.mjs', 1, 4), { kind: 'start', column: 2 });
    assert.deepEqual(threads.of(4)?.find('/app/keep.mjs', 7, 4), { kind: 'start', column: 2 });
    assert.equal(threads.of(4)?.find('/app/keep.mjs', 1, 4)?.kind, 'text');
    assert.equal(threads.of(5), undefined);
  });

  it('are kept once where threads have loaded the same', () => {
    const main = createSiteTable('precise');
    main.add(fileWithSite(1));
    const threads = createThreadSites(main);
    for (const threadId of [3, 4]) threads.add(threadId, fileWithSite(1));
    for (const threadId of [5, 6]) threads.add(threadId, fileWithSite(2));
    const [three, four, five, six] = [3, 4, 5, 6].map((id) => threads.of(id)?.placesOf('/app/keep.mjs'));
    assert.equal(three, main.placesOf('/app/keep.mjs'));
    assert.equal(four, three);
    assert.equal(six, five);
    assert.notEqual(five, three);
  });

  it('go with the thread', () => {
    const threads = createThreadSites(createSiteTable('precise'));
    threads.add(3, fileWithSite(1));
    threads.add(4, fileWithSite(1));
    threads.keepOnly([4]);
    assert.equal(threads.of(3), undefined);
    assert.ok(threads.of(4));
  });

  it('count the files of each thread', () => {
    const threads = createThreadSites(createSiteTable('precise'));
    threads.add(3, fileWithSite(1));
    threads.add(3, { kind: 'left-alone', path: '/app/odd.js', reason: 'Unexpected token (1:2)' });
    assert.deepEqual(threads.of(3)?.report(), {
      kind: 'precise',
      filesRewritten: 1,
      filesLeftAlone: 1,
      lastLeftAlone: { path: '/app/odd.js', reason: 'Unexpected token (1:2)' },
    });
  });
});
