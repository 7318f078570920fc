// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rewrite } from '../precise/rewrite.ts';
import { loadParser } from './parser.ts';
import { createSiteTable } from './site-table.ts';

const parse = loadParser();
const SOURCE =
  'const a = [1, { b }];\nfunction f() { return () => new Map([[`${a}`]]) }\n{ const c = [\n  f(), function g() {} ] }\n';

/** Of each occurrence in the text, from 0. */
function placesOf(text: string, wanted: RegExp): { line: number; column: number }[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      Array.from(line.matchAll(wanted), (match) => ({ line: index, column: match.index })),
    );
}

describe('the table of sites', () => {
  const { text, places } = rewrite(SOURCE, 'script', parse);
  const table = createSiteTable('precise');
  table.add({ kind: 'rewritten', url: 'file:///app.js', path: '/app.js', places });

  it('finds the expression of each new function', () => {
    const columns: string[] = [];
    for (const { line, column } of placesOf(text, /(?<=\()\([\w$,]*\)=>/g)) {
      const place = table.find('/app.js', line, column);
      assert.equal(place?.kind, 'start', `${line}:${column} ${text}`);
      columns.push((SOURCE.split('\n')[line] ?? '').slice(place.column, place.column + 6));
    }
    assert.deepEqual(columns, [
      '[1, { ',
      '{ b }]',
      '() => ',
      'new Ma',
      '[[`${a',
      '[`${a}',
      '`${a}`',
      '[',
      'functi',
    ]);
  });

  it('finds where text has moved from, in its line', () => {
    for (const word of [/f\(\) \{/g, /f\(\),/g, /function g/g, /\{ const/g]) {
      const [now] = placesOf(text, word);
      const [then] = placesOf(SOURCE, word);
      assert.ok(now && then, String(word));
      assert.equal(now.line, then.line);
      assert.deepEqual(table.find('file:///app.js', now.line, now.column), {
        kind: 'text',
        column: then.column,
      });
    }
  });

  it('knows what stands in a new function', () => {
    const [{ line, column } = { line: 0, column: 0 }] = placesOf(text, /new Map\(/g);
    const then = placesOf(SOURCE, /new Map\(/g)[0]?.column;
    assert.deepEqual(table.find('/app.js', line, column), { kind: 'body', column: then });
  });

  it('knows nothing of other files, and counts those that were left alone', () => {
    assert.equal(table.find('/other.js', 0, 0), undefined);
    table.add({ kind: 'left-alone', path: '/odd.js', reason: 'Unexpected token (1:2)' });
    assert.deepEqual(table.report(), {
      kind: 'precise',
      filesRewritten: 1,
      filesLeftAlone: 1,
      lastLeftAlone: { path: '/odd.js', reason: 'Unexpected token (1:2)' },
    });
  });
});
