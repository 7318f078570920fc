import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { programFolder } from './program-folder.ts';

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'plimsoll-programs-'));
});
afterEach(() => rmSync(state, { recursive: true }));

describe('the folder of a program', () => {
  const of = (program: readonly string[], from = '/app') =>
    programFolder(program, { XDG_STATE_HOME: state }, from) ?? '';

  it('is the same at the next start, and another for another program', () => {
    const folder = of(['node', '--max-old-space-size=64', 'src/orders.mjs']);
    assert.ok(existsSync(folder));
    assert.match(basename(folder), /^orders\.mjs-[0-9a-f]{12}$/);
    assert.equal(of(['node', '--max-old-space-size=64', 'src/orders.mjs']), folder);
    assert.notEqual(of(['node', 'src/orders.mjs']), folder);
    assert.notEqual(of(['node', '--max-old-space-size=64', 'src/orders.mjs'], '/elsewhere'), folder);
  });

  it('is named so that no path comes of it', () => {
    assert.match(basename(of(['../../evil name'])), /^evil_name-/);
    assert.match(basename(of(['npm', 'start'])), /^npm-/);
  });

  it('is one of fifty at most', () => {
    for (let number = 0; number < 60; number += 1) of(['node', `${number}.js`]);
    assert.equal(readdirSync(join(state, 'plimsoll', 'programs')).length, 50);
  });

  it('is none where none can be made', () => {
    const file = join(state, 'file');
    writeFileSync(file, '');
    assert.equal(programFolder(['node'], { XDG_STATE_HOME: file }), undefined);
  });
});
