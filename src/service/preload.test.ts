import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeOfPreload } from './preload.ts';

describe('where the preload watches', () => {
  it('a program', () => {
    assert.deepEqual(placeOfPreload('/app/server.js', false), { watch: true });
    assert.deepEqual(placeOfPreload(undefined, false), { watch: true });
  });

  it('not twice, not the package manager that starts the program', () => {
    assert.deepEqual(placeOfPreload('/app/server.js', true), {
      watch: false,
      because: 'already-registered',
    });
    assert.deepEqual(placeOfPreload('/usr/lib/node_modules/npm/bin/npm-cli.js', false), {
      watch: false,
      because: 'launcher',
    });
  });
});
