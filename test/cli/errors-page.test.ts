import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { DOCUMENTED_CODES, errorsPage } from '../../scripts/errors-page.ts';
import { LISTENER_ERRORS } from '../../src/api/errors.ts';
import { PROBLEMS } from '../../src/api/problems.ts';

const root = join(import.meta.dirname, '../..');

const CODE = "'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)'";
/** The ways in which a source gives an error its code. */
const USES = [
  // new CodedError('X', … and its subclasses and makers.
  new RegExp(`(?:[eE]rror|super)\\(\\s*${CODE}`, 'g'),
  new RegExp(`\\bcode(?::| =) ${CODE}`, 'g'),
  /plimsoll: \[([A-Z_]+)\]/g,
  /`\[([A-Z_]+)\] \$\{/g,
];

const sources = globSync(['src/**/*.ts', 'bin/*.js'], { cwd: root }).filter(
  (path) => !path.endsWith('.test.ts'),
);

function codesIn(path: string): readonly string[] {
  const source = readFileSync(join(root, path), 'utf8');
  return USES.flatMap((use) => [...source.matchAll(use)].map((match) => match[1] ?? ''));
}

/** An error's own code, not one of Node.js or the system that a source compares with. */
const isOurs = (code: string) => !/^E[A-Z]+$|^ERR_/.test(code);

describe('docs/errors.md', () => {
  it('says what its tables say', () => {
    const written = readFileSync(join(root, 'docs/errors.md'), 'utf8');
    assert.equal(written, errorsPage(), 'run: node scripts/errors-page.ts');
  });

  it('has a row for every code that the sources use, and for no other', () => {
    const tables = [...PROBLEMS, ...LISTENER_ERRORS].map(({ code }) => code);
    const used = new Set([...sources.flatMap(codesIn).filter(isOurs), ...tables]);
    assert.deepEqual([...used].sort(), DOCUMENTED_CODES.toSorted());
  });

  it('finds codes wherever they are given', () => {
    assert.ok(codesIn('src/config/file.ts').includes('CONFIG_FILE_INVALID'), 'on a line of its own');
    assert.ok(codesIn('bin/plimsoll.js').includes('NODE_TOO_OLD'), 'in a message');
  });
});
