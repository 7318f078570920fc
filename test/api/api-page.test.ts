import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { apiPage } from '../../scripts/api-page.ts';

it('docs/api.md says what the routes say', () => {
  const written = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'api.md'), 'utf8');
  assert.equal(written, apiPage(), 'run: node scripts/api-page.ts');
});
