import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_RANGE, LAST, type Range } from './range.ts';
import { type Route, readRoute, VIEWS, writeRoute } from './route.ts';

const range: fc.Arbitrary<Range> = fc.oneof(
  fc.constantFrom(...Object.values(LAST)).map((seconds) => ({ kind: 'last' as const, seconds })),
  fc
    .tuple(fc.integer({ min: 0, max: 2e9 }), fc.integer({ min: 5, max: 1e7 }))
    .map(([from, length]) => ({ kind: 'between' as const, fromSeconds: from, toSeconds: from + length })),
);
const route: fc.Arbitrary<Route> = fc
  .tuple(
    fc.constantFrom(...VIEWS),
    fc.nat(),
    range,
    fc.dictionary(fc.constantFrom('q', 'sort', 'snapshot'), fc.string({ minLength: 1 })),
  )
  .map(([view, pid, shown, params]) => ({
    view,
    range: shown,
    params,
    ...(view === 'process' ? { pid } : {}),
  }));

describe('the address of a view', () => {
  it('comes back from the URL as it went in', () => {
    fc.assert(
      fc.property(route, (written) => {
        assert.deepEqual(readRoute(writeRoute(written)), { ...written, params: { ...written.params } });
      }),
    );
  });

  it('is the overview of the last hour for anything it does not know', () => {
    for (const hash of [
      '',
      '#',
      '#/',
      '#/nonsense',
      '#/process',
      '#/processes/x/y?range=1y',
      '#/?from=b&to=a',
    ])
      assert.deepEqual(readRoute(hash).range, DEFAULT_RANGE, hash);
    assert.equal(readRoute('#/nonsense').view, 'now');
  });
});
