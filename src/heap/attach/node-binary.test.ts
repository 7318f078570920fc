import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { isNodeBinary } from './node-binary.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-binary-'));
after(() => rmSync(folder, { recursive: true }));

const NAME = '_ZN4node5StartEiPPc';
const MIB = 1024 ** 2;

function file(before: number, name: string, behind = 100): string {
  const path = join(folder, `${before}-${name.length}-${behind}`);
  writeFileSync(path, Buffer.concat([Buffer.alloc(before), Buffer.from(name), Buffer.alloc(behind)]));
  return path;
}

describe('a binary', () => {
  it('is Node.js when it knows how to start Node.js', async () => {
    assert.ok(await isNodeBinary(process.execPath));
    assert.ok(!(await isNodeBinary('/bin/sh')));
    assert.ok(!(await isNodeBinary(file(0, '', 0))));
    assert.ok(!(await isNodeBinary(file(MIB, NAME.slice(1)))));
  });

  it('is so wherever the name stands, also across the pieces that are read', async () => {
    for (const before of [0, 1, MIB - NAME.length, MIB - 5, MIB - 1, MIB, 2 * MIB - 1, 3 * MIB + 7])
      assert.ok(await isNodeBinary(file(before, NAME)), `${before}`);
    assert.ok(await isNodeBinary(file(MIB - 3, NAME, 0)));
  });
});
