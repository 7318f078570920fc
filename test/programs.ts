// For tests that need a program of the system: skip loudly where it is missing, fail where CI promised it.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';

/** The `skip` option of a test: false when every path exists. With CI=true a missing one throws instead. */
export function skipWithout(...paths: readonly string[]): string | false {
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length === 0) return false;
  assert.notEqual(process.env.CI, 'true', `missing in CI: ${missing.join(', ')}`);
  return `${missing.join(', ')} is not installed`;
}
