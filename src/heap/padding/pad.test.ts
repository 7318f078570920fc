import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSiteTable } from '../rewriting/site-table.ts';
import { createFunctionFinder } from './find-functions.ts';
import { padFunctions } from './pad.ts';
import { PADDING_PREFIX, PADDING_STATEMENT } from './padding.ts';

const find = createFunctionFinder();

/** The text with `#` where a statement was put and `@` where a prefix was. */
function padded(source: string): string {
  const { text } = padFunctions(source, 'module', find, { isOwn: true });
  return text.replaceAll(PADDING_STATEMENT, '#').replaceAll(PADDING_PREFIX, '@');
}

describe('padding', () => {
  it('stands before the first statement', () => {
    assert.equal(padded('function f(a) { return g(a); }'), 'function f(a) {# return g(a); }');
    assert.equal(padded('const o = { m() { this.a(); } };'), 'const o = { m() {# this.a(); } };');
    assert.equal(
      padded('class A { constructor() { this.a = 1; } }'),
      'class A { constructor() {# this.a = 1; } }',
    );
    assert.equal(padded('async () => {}; function* g() {}'), 'async () => {#}; function* g() {#}');
  });

  it('leaves directives first', () => {
    assert.equal(
      padded("function f() { 'use strict'\n 'b'; return [] }"),
      "function f() { 'use strict'\n 'b';;# return [] }",
    );
    assert.equal(
      padded("function f() { 'use strict'\n return [] }"),
      "function f() { 'use strict';#\n return [] }",
    );
  });

  it('leaves asm.js what it is', () => {
    const asm = "function m() { 'use asm'; function f() { return f() | 0; } return f; }";
    assert.equal(padded(`${asm} function g() { h(); }`), `${asm} function g() {# h(); }`);
  });

  it('stands before the expression that is a body', () => {
    assert.equal(padded('const f = (a) => ({ a });'), 'const f = (a) => @({ a });');
    assert.equal(padded('a => b => a = b(), c'), 'a => @b => @a = b(), c');
    assert.equal(padded('async a => await a'), 'async a => @await a');
  });

  it('is spared what can allocate nothing', () => {
    for (const source of [
      'class A { #a; get a() { return this.#a; } has(b) { return this.#a === b || !b; } }',
      'const isFoo = (x) => x !== null && x.kind === "foo";',
      'function f(a) { return a ? a.c : a.d; }',
    ])
      assert.equal(padded(source), source);
  });

  it('is spared nothing that may', () => {
    for (const body of [
      'a()',
      'new a',
      '[]',
      '{}',
      'a + 1',
      'a * 1',
      '`a$' + '{a}`',
      '/a/',
      'arguments',
      'a++',
      'b.c = a',
      '[b] = a',
      '(() => {})',
      'class {}',
    ])
      assert.match(padded(`function f(a, b) { return (${body}); }`), /^function f\(a, b\) \{#/, body);
    for (const parameters of ['{ a }', 'a = 1', '...a', '[a]'])
      assert.match(padded(`function f(${parameters}) { return 1; }`), /#/, parameters);
  });

  it('moves no line, and what it moves is found again', () => {
    const source = 'const f = (a) => [a]; function g() {\n  return f(1);\n}\n';
    const { text, places } = padFunctions(source, 'module', find, { isOwn: true });
    assert.equal(text.split('\n').length, source.split('\n').length);
    const table = createSiteTable('padding');
    table.add({ kind: 'rewritten', url: 'file:///a.js', path: '/a.js', places });
    const column = text.indexOf('function g');
    assert.deepEqual(table.find('/a.js', 0, column), { kind: 'text', column: source.indexOf('function g') });
    assert.deepEqual(table.find('/a.js', 1, 9), { kind: 'text', column: 9 });
  });

  it('is not for code of the application that is minified', () => {
    const minified = `const f=()=>[];${'a();'.repeat(300)}`;
    assert.throws(() => padFunctions(minified, 'module', find, { isOwn: true }), /minified/);
    assert.match(padFunctions(minified, 'module', find, { isOwn: false }).text, /\|1e9/);
  });
});
