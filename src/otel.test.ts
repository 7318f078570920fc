import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type FinishedSpan, SlowQuerySpanProcessor } from './otel.ts';
import type { TrackedQuery } from './service/system-monitor.ts';

function ended(...spans: FinishedSpan[]): TrackedQuery[] {
  const tracked: TrackedQuery[] = [];
  const processor = new SlowQuerySpanProcessor({ trackSlowQuery: (query) => void tracked.push(query) });
  for (const span of spans) {
    processor.onStart();
    processor.onEnd(span);
  }
  return tracked;
}

describe('slow queries out of spans', () => {
  it('reads the stable and the older names of the semantic conventions', () => {
    const stable = {
      'db.system.name': 'postgresql',
      'db.query.text': 'SELECT 1',
      'db.query.summary': 'SELECT',
    };
    const older = { 'db.system': 'mysql', 'db.statement': 'SELECT 2' };
    assert.deepEqual(
      ended(
        { name: 'pg.query', duration: [1, 500_000_000], attributes: stable },
        { name: 'query', duration: [0, 250_000], attributes: older },
      ),
      [
        { query: 'SELECT 1', durationMs: 1500 },
        { query: 'SELECT 2', durationMs: 0.25 },
      ],
    );
  });

  it('names a query without text by its summary, else by the span', () => {
    const attributes = { 'db.system.name': 'redis' };
    assert.deepEqual(
      ended(
        { name: 'redis-GET', duration: [0, 1e6], attributes: { ...attributes, 'db.operation.name': 'GET' } },
        { name: 'redis-SET', duration: [0, 1e6], attributes },
      ).map(({ query }) => query),
      ['GET', 'redis-SET'],
    );
  });

  it('passes over spans that are no query', () => {
    assert.deepEqual(
      ended({ name: 'GET /', duration: [9, 0], attributes: { 'http.request.method': 'GET' } }),
      [],
    );
  });
});
