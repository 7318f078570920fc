import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { coveredFiles } from './covered-files.ts';

const OURS = join(import.meta.dirname, 'load-hook.ts');

describe('the files that precise mode covers', () => {
  it("are the application's own, when nothing else is said", () => {
    for (const globs of [undefined, []]) {
      const covers = coveredFiles(globs, '/srv/app');
      const asked = ['/srv/app/a.js', '/elsewhere/b.ts', '/srv/app/node_modules/x/c.js', OURS];
      assert.deepEqual(asked.filter(covers), ['/srv/app/a.js', '/elsewhere/b.ts']);
    }
  });

  const matching = (glob: string, paths: readonly string[]): string[] =>
    paths.filter(coveredFiles([glob], '/srv/app'));

  it('are those that match, from the folder on', () => {
    const paths = ['/srv/app/src/a.ts', '/srv/app/src/deep/er/b.ts', '/srv/app/src/c.js', '/srv/src/a.ts'];
    assert.deepEqual(matching('src/**/*.ts', paths), paths.slice(0, 2));
    assert.deepEqual(matching('src/*.[tj]s', paths), [paths[0], paths[2]]);
    assert.deepEqual(matching('src', paths), paths.slice(0, 3));
    assert.deepEqual(matching('/srv/**', paths), paths);
    assert.deepEqual(matching('**/?.js', paths), [paths[2]]);
    assert.deepEqual(matching('../src/a.ts', paths), [paths[3]]);
  });

  it('may be packages, and take every other character as it is', () => {
    assert.deepEqual(
      matching('node_modules/x/**', ['/srv/app/node_modules/x/a.js', '/srv/app/node_modules/y/a.js']),
      ['/srv/app/node_modules/x/a.js'],
    );
    assert.deepEqual(matching('a+(b).js', ['/srv/app/a+(b).js', '/srv/app/aab.js']), ['/srv/app/a+(b).js']);
    assert.deepEqual(matching('[!a].js', ['/srv/app/a.js', '/srv/app/b.js']), ['/srv/app/b.js']);
  });

  it("are never Plimsoll's", () => assert.deepEqual(matching('/**', [OURS]), []));
});
