import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pathFrom } from './path-from.ts';

describe('a path from a folder', () => {
  const cases = [
    ['/srv/app', '/srv/app/src/orders.ts', 'src/orders.ts'],
    ['/', '/orders.ts', 'orders.ts'],
    ['/srv/app', '/srv/application/orders.ts', '/srv/application/orders.ts'],
    ['/srv/app', '/srv/app/', '/srv/app/'],
    ['', '/srv/app/src/orders.ts', '/srv/app/src/orders.ts'],
    ['/srv/app', 'node:net', 'node:net'],
    ['/srv/app', 'src/orders.ts', 'src/orders.ts'],
  ] as const;

  it('begins there, or is the whole one', () => {
    for (const [folder, file, shown] of cases) assert.equal(pathFrom(folder, file), shown);
  });
});
