import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { keepSites, readKeptSites } from './kept-sites.ts';

const file = join(mkdtempSync(join(tmpdir(), 'plimsoll-sites-')), 'sites');

function rewritten(name: string, column: number): Parameters<typeof keepSites>[1] {
  const places = { text: Int32Array.of(0, 30, 4), sites: Int32Array.of(0, 20, column) };
  return { kind: 'rewritten', url: `file:///${name}`, path: `/${name}`, places };
}

describe('kept sites', () => {
  it('are none where nothing was kept', () => assert.equal(readKeptSites(file), undefined));

  it('are read as they were written, but for a line that was cut off', () => {
    keepSites(file, rewritten('a.js', 3));
    keepSites(file, rewritten('b.js', 2 ** 30));
    appendFileSync(file, '{"url":"file:///c.js","path":"/c.js","te');
    const table = readKeptSites(file);
    assert.deepEqual(table?.find('/a.js', 0, 20), { kind: 'start', column: 3 });
    assert.deepEqual(table?.find('file:///b.js', 0, 20), { kind: 'start', column: 2 ** 30 });
    assert.deepEqual(table?.find('/a.js', 0, 31), { kind: 'text', column: 5 });
    assert.equal(table?.report().filesRewritten, 2);
  });
});
