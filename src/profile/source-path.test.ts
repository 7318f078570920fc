import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sourcePath } from './source-path.ts';

it('calls an ES module by its path', () => {
  assert.equal(sourcePath('file:///srv/my%20app/a.js'), '/srv/my app/a.js');
  assert.equal(sourcePath('file:///srv/a.js?update=3#x'), '/srv/a.js');
  assert.equal(sourcePath('file:///srv/100%.js'), '/srv/100%.js');
});

it('leaves every other name as it is', () => {
  for (const name of ['/srv/a.js?b', 'node:fs', '', 'wasm://wasm/9d1d', 'https://example.org/a%20b.js'])
    assert.equal(sourcePath(name), name);
});
