import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createFrameReader } from './event-frames.ts';

const STREAM =
  'retry: 3000\n\nid: 1\nevent: sample\ndata: {"a": "b: c"}\n\n: alive\n\nid: 2\nevent: alert\ndata: {}\n\n';
const EVENTS = [
  { name: 'sample', data: '{"a": "b: c"}' },
  { name: 'alert', data: '{}' },
];

describe('server-sent events', () => {
  it('come out whole, however the network cuts them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: STREAM.length }), { maxLength: 8 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), STREAM.length];
        const read = createFrameReader();
        const events = places.slice(1).flatMap((to, index) => read(STREAM.slice(places[index], to)));
        assert.deepEqual(events, EVENTS);
      }),
    );
  });

  it('wait for their end', () => {
    assert.deepEqual(createFrameReader()('event: sample\ndata: {}\n'), []);
  });
});
