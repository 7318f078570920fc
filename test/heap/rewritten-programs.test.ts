// The law of all rewriting, precise mode's and padding's: a program does the same rewritten. Held for generated programs, in sloppy and strict mode and as
// modules: what they log, return and throw, and in what order.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import vm from 'node:vm';
import fc from 'fast-check';
import { createFunctionFinder } from '../../src/heap/padding/find-functions.ts';
import { padFunctions } from '../../src/heap/padding/pad.ts';
import { rewrite } from '../../src/heap/precise/rewrite.ts';
import { type Goal, loadParser } from '../../src/heap/rewriting/parser.ts';
import { type ArbitraryProgram, arbitraryProgram, functionText } from './arbitrary-program.ts';

const parse = loadParser();
const find = createFunctionFinder();

type RewriteText = (text: string, goal: Goal) => string;

const REWRITINGS: Readonly<Record<string, RewriteText>> = {
  'rewritten for precise mode': (text, goal) => rewrite(text, goal, parse).text,
  padded: (text, goal) => padFunctions(text, goal, find, { isOwn: false }).text,
};

// The text of a function is what rewriting changes; programs that turn one into text must not see it.
Function.prototype.toString = function () {
  return `the function ${this.name}`;
};

/** Twenty thousand were run once; so many are run each time. */
const RUNS = 800;

// A program may observe the global object. Node.js loads some of it when it is first read, which adds to it: once and for all, here.
for (const key of Reflect.ownKeys(globalThis)) Reflect.get(globalThis, key);

const MAX_LOGGED = 200;
const MAX_STEPS = 20;

class Made {
  readonly given: readonly unknown[];
  constructor(...given: unknown[]) {
    this.given = given;
  }
}

type Main = (log: unknown, later: unknown, made: unknown) => unknown;

/** What can be seen of a program: all that it logged, and what became of it. */
async function observe(main: Main): Promise<unknown> {
  const logged: unknown[] = [];
  const log = (value: unknown): unknown => {
    // Logging everything twice would be another program: only how it looks is kept.
    if (logged.push(shown(value, 3)) > MAX_LOGGED) throw new RangeError('logs too much');
    return value;
  };
  const later = async (value: unknown): Promise<unknown> => log(value);
  try {
    return { logged, result: shown(await finish(main.call({ own: 1 }, log, later, Made)), 5) };
  } catch (error) {
    return { logged, thrown: message(error) };
  }
}

/** Drives a generator to its end, and hands it something each time. */
async function finish(started: unknown): Promise<unknown> {
  const running = (await started) as Partial<Iterator<unknown>> | undefined;
  if (typeof running?.next !== 'function') return running;
  const steps: unknown[] = [];
  for (let step = 0; step < MAX_STEPS; step += 1) {
    // Of an asynchronous generator it is a promise.
    const { done, value } = await Promise.resolve(running.next(step));
    steps.push(value);
    if (done) break;
  }
  return steps;
}

function shown(value: unknown, depth: number): unknown {
  if (typeof value === 'function')
    return `${value.constructor.name} ${value.name} ${Object.getOwnPropertyNames(value).join()}`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : value;
  if (depth === 0) return 'deeper';
  const properties = Reflect.ownKeys(value).map((key) => {
    const property = Object.getOwnPropertyDescriptor(value, key);
    const held = property?.get ? shown(property.get, 1) : shown(property?.value, depth - 1);
    return [String(key), held, property?.enumerable];
  });
  return { of: Object.prototype.toString.call(value), as: prototypeName(value), properties };
}

function prototypeName(value: object): unknown {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null
    ? null
    : shown(Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value, 1);
}

/** V8's own words describe the expression by its text, which rewriting changes. */
function message(error: unknown): string {
  const { name, message: text } = error as Error;
  const words =
    /is not (?:iterable|a constructor)|is not a function( or its return value is not iterable)?/.exec(text);
  return `${name}: ${words ? words[0].replace(/.*not iterable/, 'is not iterable') : text}`;
}

/** Undefined where the parser refuses what V8 takes (`yield /a/` behind some parentheses): such a file is left alone. */
function rewritten(text: string, goal: Goal, rewriteText: RewriteText): string | undefined {
  try {
    return rewriteText(text, goal);
  } catch {
    return undefined;
  }
}

function asScript(text: string): Main {
  return vm.runInThisContext(`(${text})`) as Main;
}

async function asModule(text: string): Promise<Main> {
  const url = `data:text/javascript,${encodeURIComponent(`export default ${text}`)}`;
  return ((await import(url)) as { default: Main }).default;
}

/** Undefined where V8 refuses the text: there is nothing to hold. */
function compiled(text: string): Main | undefined {
  try {
    return asScript(text);
  } catch {
    return undefined;
  }
}

interface Held {
  compiled: number;
  changed: number;
}

async function holds(program: ArbitraryProgram, rewriteText: RewriteText, held: Held): Promise<void> {
  const text = functionText(program);
  const plain = compiled(text);
  if (!plain) return;
  held.compiled += 1;
  const changed = rewritten(`(${text})`, 'script', rewriteText);
  if (changed === undefined) return;
  held.changed += 1;
  assert.deepEqual(await observe(vm.runInThisContext(changed) as Main), await observe(plain), changed);
}

async function holdsAsModule(program: ArbitraryProgram, rewriteText: RewriteText): Promise<void> {
  const text = functionText(program);
  const plain = await asModule(text).catch(() => undefined);
  if (!plain) return;
  const changed = rewritten(`export default ${text}`, 'module', rewriteText);
  const module = changed?.replace(/^export default /, '');
  if (module === undefined) return;
  assert.deepEqual(await observe(await asModule(module)), await observe(plain), module);
}

for (const [name, rewriteText] of Object.entries(REWRITINGS)) {
  describe(`a program that is ${name}`, () => {
    it('does what it did', async () => {
      const held: Held = { compiled: 0, changed: 0 };
      const law = fc.asyncProperty(arbitraryProgram, (program) => holds(program, rewriteText, held));
      await fc.assert(law, { numRuns: RUNS });
      assert.ok(held.changed > 0.99 * held.compiled, `${held.changed} of ${held.compiled}`);
      assert.ok(held.compiled > 0.5 * RUNS, `${held.compiled} of ${RUNS}`);
    });

    it('does what it did as a module', async () => {
      const strict = arbitraryProgram.map((program) => ({ ...program, strict: true }));
      const law = fc.asyncProperty(strict, (program) => holdsAsModule(program, rewriteText));
      await fc.assert(law, { numRuns: 200 });
    });
  });
}
