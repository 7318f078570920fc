import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeOfPreload } from './preload.ts';

describe('where the preload watches', () => {
  it('the main thread of a program', () => {
    assert.deepEqual(placeOfPreload(true, '/app/server.js', false), { watch: true });
    assert.deepEqual(placeOfPreload(true, undefined, false), { watch: true });
  });

  it('not a worker thread, not twice, not the package manager that starts the program', () => {
    assert.deepEqual(placeOfPreload(false, '/app/server.js', false), {
      watch: false,
      because: 'worker-thread',
    });
    assert.deepEqual(placeOfPreload(true, '/app/server.js', true), {
      watch: false,
      because: 'already-registered',
    });
    assert.deepEqual(placeOfPreload(true, '/usr/lib/node_modules/npm/bin/npm-cli.js', false), {
      watch: false,
      because: 'launcher',
    });
  });
});
