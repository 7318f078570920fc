// What padding relies on: that V8, in every Node.js that is supported, copies no function whose bytecode is as long as padding makes
// it, and runs none of it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { otherNodes } from '../../scripts/other-nodes.ts';
import { PADDING_PREFIX, PADDING_STATEMENT } from '../../src/heap/padding/padding.ts';

const PROGRAMS = {
  statement: `function padded(a) {${PADDING_STATEMENT} return [a]; }`,
  prefix: `const padded = (a) => ${PADDING_PREFIX}[a];`,
};

function run(node: string, flags: readonly string[], program: string): string {
  const { stdout } = spawnSync(node, [...flags, '-e', program], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
  });
  return stdout;
}

/** The longest that each of V8's compilers copies, its defaults. */
function longestCopied(node: string): readonly number[] {
  const options = run(node, ['--v8-options'], '');
  return [...options.matchAll(/default: --max-(?:maglev-)?inlined-bytecode-size=(\d+)/g)].map(([, bytes]) =>
    Number(bytes),
  );
}

for (const node of [process.execPath, ...otherNodes()]) {
  describe(`padding on ${node === process.execPath ? process.version : node.split('/').at(-3)}`, () => {
    const limits = longestCopied(node);

    for (const [name, program] of Object.entries(PROGRAMS)) {
      it(`is longer than what V8 copies: ${name}`, () => {
        assert.equal(limits.length, 2);
        const printed = run(
          node,
          ['--print-bytecode', '--print-bytecode-filter=padded'],
          `${program} padded(1);`,
        );
        const [, bytes] = /Bytecode length: (\d+)/.exec(printed) ?? [];
        assert.ok(Number(bytes) > Math.max(...limits), `${bytes} of ${limits.join()}`);
        const [, registers] = /Register count (\d+)/.exec(printed) ?? [];
        assert.ok(Number(registers) <= 2, `${registers} registers`);
      });

      it(`keeps V8 from copying: ${name}`, () => {
        const plain = program.replace(PADDING_STATEMENT, '').replace(PADDING_PREFIX, '');
        assert.ok(copies(node, TURBOFAN, plain), 'it would be copied');
        assert.equal(copies(node, TURBOFAN, program), false);
        assert.equal(copies(node, MAGLEV, program), false);
      });
    }
  });
}

/** Optimizes at once: on a busy machine the program could be over before V8's other thread has. */
const AT_ONCE = ['--no-concurrent-recompilation', '--no-concurrent-osr'];
const TURBOFAN = [...AT_ONCE, '--trace-turbo-inlining'];
/** Which says nothing on Node.js 22. */
const MAGLEV = [...AT_ONCE, '--no-turbofan', '--maglev', '--trace-maglev-inlining'];

const CALLS = `function caller(i) { return padded(i).length; }
  let n = 0; for (let i = 0; i < 1e6; i++) n += caller(i);`;

function copies(node: string, flags: readonly string[], program: string): boolean {
  return /^ *(?:greedy i|I)nlining [^\n]*SharedFunctionInfo padded>/m.test(
    run(node, flags, `${program} ${CALLS}`),
  );
}
