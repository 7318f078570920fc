// Precise mode and padding against the syntax tests of JavaScript's own committee: programs that parsers get wrong. Whatever a script of theirs does
// to the names it uses, it does rewritten, in the same order; what a parser has to refuse stays refused.
//
// test262, which runs programs for what they compute, is no package: bench/precise/test262.mjs runs it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import vm from 'node:vm';
import { createFunctionFinder } from '../../src/heap/padding/find-functions.ts';
import { padFunctions } from '../../src/heap/padding/pad.ts';
import { rewrite } from '../../src/heap/precise/rewrite.ts';
import { type Goal, loadParser } from '../../src/heap/rewriting/parser.ts';
import { observe } from './observed-program.ts';

const SUITE = join(import.meta.dirname, '../../node_modules/test262-parser-tests');
const parse = loadParser();
const find = createFunctionFinder();

interface Rewriting {
  readonly rewrite: (source: string, goal: Goal) => string;
  /** At least so many of a folder's programs have something to rewrite. */
  readonly least: number;
}

const REWRITINGS: Readonly<Record<string, Rewriting>> = {
  'precise mode': { rewrite: (source, goal) => rewrite(source, goal, parse).text, least: 400 },
  padding: { rewrite: (source, goal) => padFunctions(source, goal, find, { isOwn: false }).text, least: 200 },
};

interface Program {
  readonly name: string;
  readonly goal: Goal;
  readonly source: string;
}

function programsOf(folder: string): readonly Program[] {
  return readdirSync(join(SUITE, folder)).map((name) => ({
    name: `${folder}/${name}`,
    goal: name.endsWith('.module.js') ? 'module' : 'script',
    source: readFileSync(join(SUITE, folder, name), 'utf8'),
  }));
}

/** Undefined for a program that is left alone. */
function rewrittenText({ source, goal }: Program, { rewrite }: Rewriting): string | undefined {
  try {
    return rewrite(source, goal);
  } catch {
    return undefined;
  }
}

function isRefused(text: string): boolean {
  try {
    return !new vm.Script(text);
  } catch {
    return true;
  }
}

for (const [name, rewriting] of Object.entries(REWRITINGS))
  describe(`programs that parsers get wrong, with ${name}`, () => {
    for (const folder of ['pass', 'pass-explicit']) {
      it(`do what they did: ${folder}`, () => {
        let changed = 0;
        for (const program of programsOf(folder)) {
          const text = rewrittenText(program, rewriting);
          assert.ok(text !== undefined || isRefused(program.source), `${program.name} is left alone`);
          if (text === undefined || text === program.source || program.goal === 'module') continue;
          changed += 1;
          assert.deepEqual(observe(text), observe(program.source), `${program.name}: ${text}`);
        }
        assert.ok(changed > rewriting.least, `${changed} have something to rewrite`);
      });
    }

    it('stay refused', () => {
      const refused = [...programsOf('fail'), ...programsOf('early')].filter(
        ({ goal, source }) => goal === 'script' && isRefused(source),
      );
      assert.ok(refused.length > 1000, String(refused.length));
      for (const program of refused) {
        const text = rewrittenText(program, rewriting);
        assert.ok(text === undefined || isRefused(text), `${program.name}: ${text}`);
      }
    });
  });
