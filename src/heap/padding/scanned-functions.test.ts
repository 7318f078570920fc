// The scan is held against the parser: on the packages that this repository uses, and on what is hard to tell without one.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { describe, it } from 'node:test';
import { type Program, parse } from 'acorn';
import type { Goal } from '../rewriting/parser.ts';
import { createFunctionFinder } from './find-functions.ts';
import { padFunctions } from './pad.ts';
import { loadFunctionParser } from './parsed-functions.ts';
import { InDoubt, scanFunctions } from './scanned-functions.ts';

const parser = loadFunctionParser();
const parseAs = (text: string, goal: Goal): Program =>
  parse(text, { ecmaVersion: 'latest', allowHashBang: true, sourceType: goal });

function goalOf(source: string): Goal | undefined {
  return (['commonjs', 'module'] as const).find((goal) => {
    try {
      return parseAs(source, goal);
    } catch {
      return false;
    }
  });
}

/** The places that were padded, as the parser sees them in the padded text: none of them is inside of a string or the like. */
function paddingIn(program: Program): number {
  let places = 0;
  JSON.stringify(
    program,
    (_, value: { operator?: string; right?: { operator?: string } } | bigint | null) => {
      if (typeof value === 'bigint') return 0;
      if (value?.operator === '===' && value.right?.operator === 'void') places += 1;
      return value;
    },
  );
  return places;
}

/** `in-doubt`, or what the scan has found: at least what the parser finds, and nothing that changes what the text means. */
function hold(source: string, goal: Goal): 'in-doubt' | 'same' | 'more' {
  let found: ReturnType<typeof scanFunctions>;
  try {
    found = scanFunctions(source);
  } catch (error) {
    assert.ok(error instanceof InDoubt, String(error));
    return 'in-doubt';
  }
  const has = new Set(found.map(({ at, body }) => `${at} ${body}`));
  const missing = parser(source, goal).filter(({ at, body }) => !has.has(`${at} ${body}`));
  assert.deepEqual(missing, []);
  const { text } = padFunctions(source, goal, scanFunctions, { isOwn: false });
  assert.equal(paddingIn(parseAs(text, goal)) - paddingIn(parseAs(source, goal)), found.length);
  return found.length === parser(source, goal).length ? 'same' : 'more';
}

describe('the scan', () => {
  it('finds in packages what the parser finds, and is seldom in doubt', () => {
    const packages =
      '{acorn,ajv,axe-core,esbuild,fast-check,hono,preact,prom-client,pprof-format,publint,uplot,vite,zod,@hono,@jridgewell}';
    const files = globSync(`node_modules/${packages}/**/*.{js,cjs,mjs}`, {
      cwd: new URL('../../..', import.meta.url),
    });
    const outcomes = { 'in-doubt': 0, same: 0, more: 0 };
    for (const file of files) {
      const source = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
      const goal = source.length < 500_000 ? goalOf(source) : undefined;
      if (goal) outcomes[hold(source, goal)] += 1;
    }
    const all = outcomes['in-doubt'] + outcomes.same + outcomes.more;
    assert.ok(all > 300, JSON.stringify(outcomes));
    assert.ok(outcomes['in-doubt'] < 0.05 * all, JSON.stringify(outcomes));
  });

  for (const source of [
    'const a = b / c; const f = () => g(1 / 2 / 3);',
    'if (a) /=> {/.test(b); f(() => g());',
    'const r = /[/] => {"/g, f = (x) => [x];',
    'x = a ? /=>/ : (b) => [b];',
    'return_ = { return: /a/, f() { return /}/.exec(a); } };',
    'const t = `${(() => [`${[1]} => {`])()} => { ${"}"}`;',
    "const s = 'it\\'s => {', d = \"\\\" => {\", e = 'a\\\n=> {';",
    'class A extends mixin(B) { m() { return [1]; } catch(f) { return [f]; } static { g(); } x = () => [2]; }',
    'class A extends (class { n() { return [] } }) { constructor() { super([]); } get class() { return [3]; } }',
    'switch (f(a)) { case 1: { g(() => { h(); }); } default: if (a) { b(); } }',
    'const o = { class: 1, if(a) { return [a]; }, async *gen() { yield []; } };',
    'for await (const x of y) { z(() => [x]); }',
    'label: for (;;) { if (a) break label; else f(() => ({})); }',
    "function f() { 'use strict'; return [1]; }",
    'a = x => y => ({ z: x ?? y });',
    'do f(() => []); while (a) /=>/.test(b);',
    'const f = async ({ a = () => [] }, ...b) => { await a(b); };',
    'new class { static async = 1; static class = () => []; };',
    'if (a) {} else if (b) { c(); } try { d(); } catch (e) { f(e); } finally { g(); }',
    'export default () => []; export const é = (ü) => [ü];',
    'x = 1..toFixed() + .5 + 0x1e + 1e+5 / 2n; f = (a) => [a];',
    'import(`./${name}.js`).then(({ a }) => a());',
    'const n = a << 2 < b ? { c: (d) => [d] } : (e ?? f)?.g(() => [1]), o = { get type() { return [1]; } };',
    'const f = (a) =>\n  // a comment => {\n  /* and => { */ [a];',
  ])
    it(`is right or in doubt: ${source}`, () => {
      const goal = goalOf(source);
      assert.ok(goal);
      hold(source, goal);
    });

  for (const source of [
    'const f = () => {}\n/a=>/.test(b)',
    'a++ / b',
    'await / 2',
    "function f() { 'a' + b; }",
    'const \\u0061 = () => [];',
    'x = "unclosed',
    'type F = () => void;',
    'let f: () => void = g;',
    'const f = (a: () => void) => a();',
    'function f(): (() => void) { return g; }',
    'class A { done: () => void; }',
    'class A { private f() { return []; } }',
    'const page = () => <p>(it) {a}</p>;',
    '<!-- a comment',
  ])
    it(`is in doubt: ${source}`, () => {
      assert.throws(() => scanFunctions(source), InDoubt);
    });

  for (const source of [
    'this.type = type\nthis.get = () => [type]',
    'for (const type of types) f(() => [type]);',
    'if (type in types || type instanceof Type) f(() => []);',
    'var namespace\nvar readonly = f(() => [])',
  ])
    it(`takes a name for no type: ${source}`, () => {
      assert.equal(hold(source, 'commonjs'), 'same');
    });

  it('leaves what it doubts to the parser', () => {
    const find = createFunctionFinder();
    const source = 'const f = () => { g(); }\n/a=>/.test(b)';
    assert.deepEqual(find(`${source};`, 'module'), parser(`${source};`, 'module'));
  });
});

describe('the scan of TypeScript that a later loader will compile', () => {
  it('is in doubt, or has harmed nothing', () => {
    const files = globSync('{src,test}/**/*.ts', { cwd: new URL('../../..', import.meta.url) });
    let doubted = 0;
    for (const file of files) {
      const source = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
      let found = 0;
      try {
        found = scanFunctions(source).length;
      } catch (error) {
        assert.ok(error instanceof InDoubt, String(error));
        doubted += 1;
        continue;
      }
      const { text } = padFunctions(source, 'module', scanFunctions, { isOwn: false });
      const places = (typed: string) => paddingIn(parseAs(stripTypeScriptTypes(typed), 'module'));
      assert.equal(places(text) - places(source), found, file);
    }
    assert.ok(doubted > 0.5 * files.length, `${doubted} of ${files.length}`);
  });
});
