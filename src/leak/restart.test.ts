import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRestartDetector } from './restart.ts';

const restartsIn = (values: readonly number[], column: 'rssBytes' | 'heapFloorBytes' = 'rssBytes') => {
  const detector = createRestartDetector();
  return values.flatMap((value, index) =>
    detector.add({ atSeconds: index, [column]: value }) ? [index] : [],
  );
};

const life = [100, 140, 160, 170, 175, 178, 180, 181, 182, 181, 182, 183, 182, 183];

describe('restarts', () => {
  it('are drops to about where the life began', () => {
    assert.deepEqual(restartsIn([...life, ...life, ...life]), [14, 28]);
    assert.deepEqual(restartsIn([...life, ...life], 'heapFloorBytes'), [14]);
  });

  it('are the same whatever is added or multiplied', () => {
    const twice = [...life, ...life];
    assert.deepEqual(restartsIn(twice.map((value) => 1e9 + 7 * value)), [14]);
  });

  it('are not noise, nor a slow decline, nor the end of a spike', () => {
    const wobble = Array.from({ length: 200 }, (_, index) => 180 + 5 * Math.sin(index * 1.7));
    const decline = Array.from({ length: 60 }, (_, index) => 183 - index);
    const spike = [...life, 400, 380, 300, 240, 200, 184, 183];
    assert.deepEqual(
      [wobble, [...life, ...decline], spike].map((values) => restartsIn(values)),
      [[], [], []],
    );
  });

  it('do not follow each other within a few samples', () => {
    assert.deepEqual(restartsIn([...life, 100, 180, 100, 180, 100]), [14]);
  });

  it('cannot be told without RSS or a floor', () => {
    const detector = createRestartDetector();
    assert.equal(
      [500, 100, 500, 100].some((heapUsedBytes, atSeconds) => detector.add({ atSeconds, heapUsedBytes })),
      false,
    );
  });
});
