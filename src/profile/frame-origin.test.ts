import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainFrame, frameKind } from './frame-origin.ts';

const packages: readonly (readonly [path: string, packageName: string])[] = [
  ['/app/node_modules/fastify/lib/reply.js', 'fastify'],
  ['file:///app/node_modules/fastify/lib/reply.js', 'fastify'],
  ['/app/node_modules/@hono/node-server/dist/index.mjs', '@hono/node-server'],
  ['file:///app/node_modules/%40hono/node-server/dist/index.mjs', '@hono/node-server'],
  ['/app/node_modules/a/node_modules/b/index.js', 'b'],
  ['/app/node_modules/a/node_modules/@s/b/index.js', '@s/b'],
  ['/app/node_modules/.pnpm/undici@7.1.0/node_modules/undici/lib/agent.js', 'undici'],
  ['/app/node_modules/.pnpm/@s+b@1.0.0_react@19.0.0/node_modules/@s/b/x.js', '@s/b'],
  ['/app/.yarn/cache/ms-npm-2.1.3-81ff3cfac1-aa92de6080.zip/node_modules/ms/index.js', 'ms'],
  ['webpack:///./node_modules/lodash/map.js', 'lodash'],
  ['node_modules/express/index.js', 'express'],
  ['C:\\app\\node_modules\\@s\\b\\index.js', '@s/b'],
];

describe('frameKind', () => {
  for (const [path, packageName] of packages) {
    it(`finds ${packageName} in ${path}`, () => {
      assert.deepEqual(frameKind(path), { kind: 'dependency', packageName });
    });
  }

  const application = [
    '/srv/orders.ts',
    'file:///srv/orders.ts',
    'evalmachine.<anonymous>',
    'wasm://wasm/9d1d',
    '/srv/my_node_modules/x.js',
    '/srv/node_modules/.vite/deps/react.js',
    '/srv/node_modules/loose.js',
    '/srv/node_modules/@scope/loose.js',
  ];
  for (const path of application) {
    it(`calls ${path} the application's`, () => assert.deepEqual(frameKind(path), { kind: 'application' }));
  }

  it("tells Node.js' own code, native code and external memory", () => {
    assert.deepEqual(frameKind('node:internal/modules/cjs/loader'), { kind: 'node' });
    assert.deepEqual(frameKind('', 'push'), { kind: 'native' });
    assert.deepEqual(frameKind('native'), { kind: 'native' });
    assert.deepEqual(frameKind('', '(EXTERNAL)'), { kind: 'native' });
    assert.deepEqual(frameKind('', '(external)'), { kind: 'external' });
    assert.deepEqual(frameKind('/srv/a.js', '(external)'), { kind: 'application' });
  });
});

describe('explainFrame', () => {
  it('says what is not a function of any source', () => {
    assert.match(explainFrame('(external)', { kind: 'external' }) ?? '', /off V8's heap/);
    assert.match(explainFrame('(V8 API)', { kind: 'native' }) ?? '', /C\+\+/);
    assert.match(explainFrame('push', { kind: 'native' }) ?? '', /builtin/);
    assert.equal(explainFrame('remember', { kind: 'application' }), undefined);
  });
});
