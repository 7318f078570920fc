// What the page may take from the rest: the wire's types, and the pure rooms. Followed through, nothing of it needs Node.js.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const PURE_ROOMS = ['units', 'model', 'leak', 'profile'];
const IMPORT = /^(import|export)(\s+type)?\b[^'"`;]*?from\s*['"]([^'"]+)['"]/gm;

interface Import {
  readonly from: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  return [...readFileSync(join(root, file), 'utf8').matchAll(IMPORT)].map(([, , type, specifier = '']) => ({
    from: file,
    target: specifier.startsWith('.') ? relative('.', join(dirname(file), specifier)) : specifier,
    typeOnly: type !== undefined,
  }));
}

const page = globSync('web/src/**/*.{ts,tsx}', { cwd: root }).filter((file) => !file.includes('.test.'));

describe('what the page is made of', () => {
  it('takes types of the wire, and code of pure rooms alone', () => {
    const taken = page.flatMap(importsOf).filter(({ target }) => target.startsWith('src/'));
    const wrong = taken.filter(({ target, typeOnly }) => {
      const [, room = ''] = target.split('/');
      return !(typeOnly && target === 'src/api/wire.ts') && !PURE_ROOMS.includes(room);
    });
    assert.ok(taken.length > 10);
    assert.deepEqual(wrong, []);
  });

  it('needs nothing of Node.js, however far one follows', () => {
    const seen = new Set<string>();
    const pending = [...page];
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      for (const { target, typeOnly } of importsOf(file)) {
        if (typeOnly) continue;
        assert.ok(!target.startsWith('node:'), `${file} imports ${target}`);
        if (/^(src|web)\/.*\.tsx?$/.test(target)) pending.push(target);
      }
    }
    assert.ok(seen.size > page.length);
  });
});
