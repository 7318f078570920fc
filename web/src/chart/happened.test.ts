import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Marks } from '../../../src/api/wire.ts';
import { toMarks } from './happened.ts';

const at = (second: number) => new Date(second * 1000).toISOString();
const marks = (collections: Marks['collections']): Marks => ({
  pid: 2,
  from: at(0),
  to: at(100),
  starts: [{ pid: 1, at: at(10) }],
  collections,
});

describe('marks of what happened', () => {
  it('are starts and collections, each with what to say of it', () => {
    const shown = toMarks(
      marks([
        { at: at(20), floor_mb: 80, count: 1 },
        { at: at(30), floor_mb: 90, count: 3 },
      ]),
      'the service',
    );
    assert.deepEqual(
      shown.map(({ kind, atSeconds, label }) => [kind, atSeconds, label]),
      [
        ['restart', 10, 'the service started (1)'],
        ['collection', 20, 'major collection, 80.0 MiB stayed'],
        ['collection', 30, '3 major collections, 90.0 MiB stayed'],
      ],
    );
  });

  it('leave out collections that would be a carpet', () => {
    const many = Array.from({ length: 61 }, (_, second) => ({ at: at(second), floor_mb: 80, count: 1 }));
    assert.deepEqual(
      toMarks(marks(many), 'the service').map(({ kind }) => kind),
      ['restart'],
    );
  });
});
