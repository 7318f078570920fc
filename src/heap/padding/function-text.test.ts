import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { runInThisContext } from 'node:vm';
import { createFunctionFinder } from './find-functions.ts';
import { showTextAsWritten, withoutPadding } from './function-text.ts';
import { padFunctions } from './pad.ts';

const ROOT = join(import.meta.dirname, '../../..');
const find = createFunctionFinder();
const padded = (source: string) => padFunctions(source, 'commonjs', find, { isOwn: false }).text;

describe('the text of a padded function', () => {
  it('is as it was written, whatever was padded in it', () => {
    for (const source of [
      'function f(a) { return g(a); }',
      "function f() { 'use strict'\n 'b'; return [] }",
      "function f() { 'use strict'\n return [] }",
      'a => b => a = b(), c',
      'class A { constructor() { this.a = () => [1]; } static { g(); } }',
    ]) {
      assert.notEqual(padded(source), source);
      assert.equal(withoutPadding(padded(source)), source);
    }
  });

  it('is as it was written in whole packages', () => {
    const files = globSync('node_modules/{hono,prom-client,nodemailer}/{dist/cjs,lib}/**/*.js', {
      cwd: ROOT,
    });
    assert.ok(files.length > 50, `${files.length} files`);
    for (const file of files) {
      const source = readFileSync(join(ROOT, file), 'utf8');
      assert.ok(withoutPadding(padded(source)) === source, file);
    }
  });

  it('is shown to who asks, and who asks for how it is shown learns no more than before', () => {
    const prototype = { toString: Function.prototype.toString };
    showTextAsWritten(prototype);
    const text = (asked: unknown): string => Reflect.apply(prototype.toString, asked, []);
    const source = 'function f(a) { return g(a); }';
    const f: unknown = runInThisContext(`(${padded(source)})`);
    assert.match(String(f), /1e9/);
    assert.equal(text(f), source);
    assert.equal(text(Math.max), 'function max() { [native code] }');
    assert.equal(text(prototype.toString), 'function toString() { [native code] }');
    assert.deepEqual([prototype.toString.name, prototype.toString.length], ['toString', 0]);
    assert.throws(() => text({}), TypeError);
    assert.throws(() => Reflect.construct(prototype.toString, []), TypeError);
  });

  it('shows as it is where nothing may be changed', () => {
    const prototype = Object.freeze({ toString: Function.prototype.toString });
    showTextAsWritten(prototype);
    assert.equal(prototype.toString, Function.prototype.toString);
  });
});
