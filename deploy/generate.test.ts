import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { generatedFiles } from './generate.ts';

const root = join(import.meta.dirname, '..');

describe('generated files', async () => {
  for (const { path, content } of await generatedFiles()) {
    it(`${path} is what node deploy/generate.ts writes`, () => {
      assert.equal(readFileSync(join(root, path), 'utf8'), content);
    });
  }
});
