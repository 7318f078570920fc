import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSourceLines } from './source-lines.ts';

describe('lines of sources', () => {
  it('are those of the text, which is read once', () => {
    const asked: string[] = [];
    const lineOf = createSourceLines((file) => {
      asked.push(file);
      return file === '/a.ts' ? 'one\r\ntwo\nthree' : undefined;
    });
    assert.deepEqual(
      [1, 2, 3, 4, 0].map((line) => lineOf('/a.ts', line)),
      ['one', 'two', 'three', undefined, undefined],
    );
    assert.deepEqual([lineOf('/b.ts', 1), lineOf('/b.ts', 2)], [undefined, undefined]);
    assert.deepEqual(asked, ['/a.ts', '/b.ts']);
  });

  it('are cut, and kept of a bounded number of files', () => {
    let reads = 0;
    const lineOf = createSourceLines(() => {
      reads += 1;
      return 'x'.repeat(1000);
    });
    assert.equal(lineOf('/0.ts', 1)?.length, 200);
    for (let file = 0; file < 200; file += 1) lineOf(`/${file}.ts`, 1);
    const before = reads;
    lineOf('/0.ts', 1);
    assert.equal(reads, before + 1);
  });
});
