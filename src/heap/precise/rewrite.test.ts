// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs
// Every case is run twice, as it is and rewritten, and must do the same: the result, the order of what is called, the names of
// functions, what is thrown.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import vm from 'node:vm';
import { CASES } from '../../../test/heap/rewrite-cases.ts';
import { type Goal, LINE_BREAK, loadParser } from '../rewriting/parser.ts';
import { rewrite } from './rewrite.ts';

const parse = loadParser();

/** The body of a function of `log`, `f` (logs and returns its argument) and `later` (the same, a promise). */
async function outcomeOf(body: string): Promise<unknown> {
  const logged: unknown[] = [];
  const log = (value: unknown): unknown => {
    logged.push(value);
    return value;
  };
  const later = async (value: unknown): Promise<unknown> => log(value);
  try {
    const run = vm.runInThisContext(`(async function (log, f, later) {${body}\n})`);
    const result: unknown = await run.call({ own: 'this' }, log, log, later);
    return { result: describeValue(result), logged: logged.map(describeValue) };
  } catch (error) {
    return { thrown: String(error), logged: logged.map(describeValue) };
  }
}

function describeValue(value: unknown): unknown {
  if (typeof value === 'function') return `function ${value.name}`;
  if (Array.isArray(value))
    return { array: Object.keys(value).map((key) => describeValue(value[Number(key)])), of: value.length };
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(Object.getOwnPropertyDescriptors(value));
  return entries.map(([key, { value: held, get }]) => [key, get ? 'accessor' : describeValue(held)]);
}

const WRAPPER = 'async function wrapper() {';

function rewriteBody(body: string): string {
  const { text } = rewrite(`${WRAPPER}${body}\n}`, 'script', parse);
  return text.slice(WRAPPER.length, text.lastIndexOf('}'));
}

describe('rewriting keeps', () => {
  for (const [what, bodies] of Object.entries(CASES)) {
    it(what, async () => {
      for (const body of bodies) {
        const plain = await outcomeOf(body);
        let rewritten = body;
        try {
          rewritten = rewriteBody(body);
        } catch (error) {
          // Where the parser refuses, so must V8; what it does with the body as it is has just been seen.
          assert.ok('thrown' in (plain as object), `${body}: ${String(error)}`);
        }
        assert.deepEqual(await outcomeOf(rewritten), plain, `${body}\n${rewritten}`);
      }
    });
  }

  it('a module as it is read', () => {
    const text = (source: string, goal: Goal = 'commonjs') => rewrite(source, goal, parse).text;
    for (const exports of [
      'module.exports = { a, b: c, d: function () {}, e() {}, f: f };',
      'exports = module.exports = { a };',
      'Object.defineProperty(exports, "a", { enumerable: true, get: function () { return q.p; } });',
      'Object.keys(_q).forEach(function (k) { if (k === "default" || k === "__esModule") return; exports[k] = _q[k]; });',
      '0 && (module.exports = { a, b });',
    ])
      assert.equal(text(exports), exports);
    assert.equal(text('module.exports = [a];'), 'module.exports = [a];');
    assert.equal(text('exports.a = [a];'), 'exports.a = ((a)=>[a])(a);');
    assert.equal(
      text('export default () => {}', 'module'),
      'export default (()=>({default:() => {}}).default)();',
    );
    assert.equal(
      text('#!/usr/bin/env node\n"use strict"\nnew Map()'),
      '#!/usr/bin/env node\n"use strict"\n;((Map)=>new Map())(Map)',
    );
    assert.equal(text('return [await_]; var await_'), 'return ((await_)=>[await_])(await_); var await_');
    assert.equal(
      text('const x = [await y]', 'module'),
      'const x = ((y)=>[y])(await y)'.replace('(y)=>[y]', '($0)=>[$0]'),
    );
    assert.equal(
      text('import a from "a" with { type: "json" }; import("b", { with: {} })', 'module').slice(0, 45),
      'import a from "a" with { type: "json" }; impo',
    );
  });

  it('the functions of asm.js, which V8 compiles by their text', () => {
    const source =
      'function asm(stdlib, foreign, heap) { "use asm"; var view = new stdlib.Int8Array(heap); return {}; }';
    assert.equal(rewrite(source, 'script', parse).text, source);
  });

  it('errors and what is thrown, whose stacks begin where they are made', () => {
    for (const source of ['const e = new MyError(`x`);', 'throw new Thing();', 'fail(new ns.RangeError());'])
      assert.equal(rewrite(source, 'script', parse).text, source);
  });

  it('lines, whatever ends them', () => {
    const source =
      'const o = {\r\n  a: one(), // why {\n  /* \u2028 */ b: [\r1,\n2],\n  m() {\n return `\n${two(x)}\n${three(y)}` }\n};\nfour({});';
    const { text } = rewrite(source, 'script', parse);
    const lineOf = (all: string, what: string) => all.slice(0, all.indexOf(what)).match(LINE_BREAK)?.length;
    for (const what of ['one(', 'm()', 'two(', 'three(', 'four('])
      assert.equal(lineOf(text, what), lineOf(source, what), `${what} in ${JSON.stringify(text)}`);
  });
});
