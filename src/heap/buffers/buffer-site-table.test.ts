import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BufferSiteTable } from './buffer-site-table.ts';

const frames = (line: number) => [{ functionName: 'keep', file: '/srv/app.ts', line, column: 3 }];
const one = { bytes: 100, count: 1 };

describe('the table of sites', () => {
  it('tells of a site once in full, then of what has changed', () => {
    const table = new BufferSiteTable();
    const id = table.add(frames(1), one);
    assert.ok(id !== undefined);
    assert.equal(table.add(frames(1), { bytes: 10.4, count: 2.6 }), id);
    assert.deepEqual(table.takeChanges(), [{ id, bytes: 110, count: 4, frames: frames(1) }]);
    assert.deepEqual(table.takeChanges(), []);
    table.grow(id, 5);
    assert.deepEqual(table.takeChanges(), [{ id, bytes: 115, count: 4 }]);
  });

  it('tells of an empty site once, and gives its place away', () => {
    const table = new BufferSiteTable();
    const id = table.add(frames(1), one) ?? 0;
    table.takeChanges();
    table.remove(id, one);
    assert.deepEqual(table.takeChanges(), [{ id, bytes: 0, count: 0 }]);
    const next = table.add(frames(1), one);
    assert.notEqual(next, id);
    assert.deepEqual(table.takeChanges()[0]?.frames, frames(1));
  });

  it('has a bound, and reports in pieces', () => {
    const table = new BufferSiteTable();
    const ids = Array.from({ length: 1200 }, (_, line) => table.add(frames(line + 1), one));
    assert.equal(ids.filter((id) => id !== undefined).length, 1000);
    assert.equal(table.add(frames(1), one), ids[0]);
    const sizes = Array.from({ length: 5 }, () => table.takeChanges().length);
    assert.deepEqual(sizes, [250, 250, 250, 250, 0]);
  });
});
