import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { excerptOf, readSourceFile } from './source-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-source-'));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('the text of a source', () => {
  it('is that of a file that holds code', () => {
    assert.equal(readSourceFile(file('orders.ts', 'const a = 1;')), 'const a = 1;');
    assert.equal(readSourceFile(join(folder, 'missing.ts')), undefined);
    assert.equal(readSourceFile(folder), undefined);
  });

  it('is nothing else, whatever a map or a link calls it', () => {
    const secret = file('.env', 'TOKEN=sesame');
    const link = join(folder, 'innocent.ts');
    symlinkSync(secret, link);
    assert.equal(readSourceFile(secret), undefined);
    assert.equal(readSourceFile(link), undefined);
    assert.equal(readSourceFile('/etc/passwd'), undefined);
  });

  it('is not read where it is no file that a person wrote', () => {
    assert.equal(readSourceFile(file('bundle.js', 'x'.repeat(5 * 1024 ** 2))), undefined);
  });
});

describe('an excerpt', () => {
  const text = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`).join('\n');

  it('has the line, two before it and what follows', () => {
    const { firstLine, lines } = excerptOf(text, 10) ?? { firstLine: 0, lines: [] };
    assert.deepEqual([firstLine, lines.at(0), lines.at(-1)], [8, 'line 8', 'line 18']);
  });

  it('ends where the text does, and is none of a line that is not there', () => {
    assert.deepEqual(excerptOf(text, 30)?.lines, ['line 28', 'line 29', 'line 30']);
    assert.deepEqual([excerptOf(text, 31), excerptOf(text, 0)], [undefined, undefined]);
  });

  it('holds its line at its place, and stays small, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ maxLength: 400 }).map((one) => one.replace(/[\r\n]/g, ' ')),
          { minLength: 1 },
        ),
        fc.nat(),
        (lines, at) => {
          const line = (at % lines.length) + 1;
          const excerpt = excerptOf(lines.join('\n'), line);
          assert.equal(excerpt?.lines[line - excerpt.firstLine], lines[line - 1]?.slice(0, 200));
          assert.ok((excerpt?.lines.length ?? 0) <= 11);
        },
      ),
    );
  });
});
