import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isInterposed } from './interposed-code.ts';

const url = (path: string): string => new URL(path, import.meta.url).href;

describe('code in the midst of the application’s', () => {
  it('is what hooks buffers and rewrites modules, and no other', () => {
    for (const path of [
      './buffers/hooks/x.ts',
      './rewriting/load-hook.ts',
      './padding/pad.ts',
      './precise/rewrite.ts',
    ])
      assert.equal(isInterposed(url(path)), true, path);
    for (const path of ['./sampler/sampler.ts', './buffers.ts', '../monitor/monitor.ts'])
      assert.equal(isInterposed(url(path)), false, path);
    for (const file of ['', 'node:fs', '/app/src/heap/buffers/x.ts'])
      assert.equal(isInterposed(file), false, file);
  });
});
