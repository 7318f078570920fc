import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { skipWithout } from '../../test/programs.ts';
import { FileKeeper, KeptFile } from './kept-files.ts';

const openDescriptors = (): number => readdirSync('/proc/self/fd').length;

describe('file keeper', { skip: skipWithout('/proc/self/fd') }, () => {
  let folder = '';
  let files: readonly KeptFile[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-kept-'));
    files = ['a', 'b', 'c', 'd'].map((name) => new KeptFile(join(folder, name)));
    for (const { path } of files) writeFileSync(path, path.slice(-1));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const kept = (): number => files.filter(({ isOpen }) => isOpen).length;
  const readAll = (keeper: FileKeeper): string =>
    files.map((file) => keeper.buffer.toString('latin1', 0, keeper.read(file))).join('');
  /** Fails as the system does when descriptors run out, `times` times. */
  const exhausted = (times: number) => {
    let left = times;
    return () => {
      if (left-- > 0) throw Object.assign(new Error('too many open files'), { code: 'EMFILE' });
      return 'done';
    };
  };

  it('keeps files open within its budget, and reads the others all the same', () => {
    const before = openDescriptors();
    const keeper = new FileKeeper(3);
    assert.equal(readAll(keeper), 'abcd');
    assert.equal(readAll(keeper), 'abcd');
    assert.equal(kept(), 3);
    assert.equal(openDescriptors(), before + 3);
    keeper.releaseAll();
    assert.equal(openDescriptors(), before);
  });

  it('reads a kept file from its start, as it is now', () => {
    const keeper = new FileKeeper(4);
    readAll(keeper);
    writeFileSync(join(folder, 'a'), 'changed');
    assert.equal(readAll(keeper), 'changedbcd');
    keeper.releaseAll();
  });

  it('keeps nothing that it could not read', () => {
    const before = openDescriptors();
    const keeper = new FileKeeper(4);
    assert.throws(() => keeper.read(new KeptFile(folder)), { code: 'EISDIR' });
    assert.throws(() => keeper.read(new KeptFile(join(folder, 'none'))), { code: 'ENOENT' });
    assert.equal(keeper.readOnce(join(folder, 'b')), 1);
    assert.equal(openDescriptors(), before);
  });

  it('has room for another file once one is released', () => {
    const keeper = new FileKeeper(1);
    readAll(keeper);
    const [first] = files;
    assert.ok(first);
    keeper.release(first);
    keeper.release(first);
    readAll(keeper);
    assert.equal(kept(), 1);
    keeper.releaseAll();
  });

  it('gives half of them back, for good, when there are no more to be had', () => {
    const keeper = new FileKeeper(4);
    readAll(keeper);
    assert.equal(keeper.withRoom(exhausted(1)), 'done');
    assert.equal(kept(), 2);
    readAll(keeper);
    assert.equal(kept(), 2);
    assert.equal(keeper.withRoom(exhausted(2)), 'done');
    assert.equal(kept(), 0);
  });

  it('gives up when it has nothing left to give back', () => {
    const keeper = new FileKeeper(4);
    readAll(keeper);
    assert.throws(() => keeper.withRoom(exhausted(Infinity)), { code: 'EMFILE' });
    assert.equal(kept(), 0);
  });
});
