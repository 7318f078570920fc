import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shortPath } from './short-path.ts';

describe('short paths', () => {
  it('keep what tells files apart', () => {
    const cases: readonly [string, string][] = [
      ['/srv/shop/app/src/orders.ts', 'app/src/orders.ts'],
      ['file:///srv/shop/app/src/orders.ts', 'app/src/orders.ts'],
      ['/srv/app/node_modules/a/node_modules/@scope/lru/dist/index.js', '@scope/lru/dist/index.js'],
      ['node:internal/http', 'node:internal/http'],
      ['', ''],
    ];
    for (const [path, short] of cases) assert.equal(shortPath(path), short);
  });
});
