import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { leastLimit } from './limit.ts';

/** A chain of groups, the outermost first; undefined leaves the file out. */
function withGroups<T>(limits: readonly (string | undefined)[], read: (root: string, path: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'plimsoll-limit-'));
  try {
    const path = limits.reduce<string>((parent, limit, depth) => {
      const group = depth === 0 ? '' : `${parent}/g${depth}`;
      mkdirSync(join(root, group), { recursive: true });
      if (limit !== undefined) writeFileSync(join(root, group, 'memory.max'), `${limit}\n`);
      return group;
    }, '');
    return read(root, path === '' ? '/' : path);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const limitOf = (...limits: readonly (string | undefined)[]): unknown =>
  withGroups(limits, (root, path) => leastLimit(root, path, 'memory.max'));

describe('leastLimit', () => {
  it('is the least up the ancestry, with the group that sets it', () => {
    assert.deepEqual(limitOf('max', '300', '500'), { kind: 'limited', bytes: 300, path: '/g1' });
    assert.deepEqual(limitOf('900', '300', '100'), { kind: 'limited', bytes: 100, path: '/g1/g2' });
    assert.deepEqual(limitOf('50', 'max', 'max'), { kind: 'limited', bytes: 50, path: '/' });
  });

  it('names the nearest of two alike', () => {
    assert.deepEqual(limitOf('max', '300', '300'), { kind: 'limited', bytes: 300, path: '/g1/g2' });
  });

  it('is a state, not a number, where nobody sets one', () => {
    assert.deepEqual(limitOf(undefined, 'max', undefined), { kind: 'unlimited' });
  });

  it('refuses to guess where one makes no sense', () => {
    assert.throws(() => limitOf('max', 'lots', '300'), { code: 'KERNEL_FILE_MALFORMED', file: 'memory.max' });
  });

  it('agrees with the least of all numbers', () => {
    const limit = fc.option(fc.integer({ min: 0, max: 1e9 }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(limit, { minLength: 1, maxLength: 5 }), (limits) => {
        const numbers = limits.filter((value) => value !== undefined);
        const found = withGroups(
          limits.map((value) => (value === undefined ? 'max' : String(value))),
          (root, path) => leastLimit(root, path, 'memory.max'),
        );
        assert.equal(found.kind === 'limited' ? found.bytes : Infinity, Math.min(...numbers));
      }),
      { numRuns: 50 },
    );
  });
});
