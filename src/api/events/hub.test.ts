import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { createFakeMonitor, fakeIncident, fakeLatest, fakeVerdict } from '../../../test/api/fake-monitor.ts';
import { incident, sampleEvent, verdict as verdictRecord } from '../schemas/index.ts';
import { createEventHub, EVENT_HUB_LIMITS } from './hub.ts';

type Body = ReadableStream<Uint8Array<ArrayBuffer>> | undefined;

/** Reads a stream's text chunk by chunk. */
function textReader(body: Body) {
  assert.ok(body, 'a stream was opened');
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  return { next: async () => (await reader.read()).value };
}

const dataOf = (frame: string | undefined): unknown =>
  JSON.parse(/^data: (.*)$/m.exec(frame ?? '')?.[1] ?? '');

describe('the event stream', () => {
  it('starts with the newest sample and goes on with every event', async () => {
    const monitor = createFakeMonitor();
    const reader = textReader(createEventHub(monitor).open());
    assert.equal(await reader.next(), 'retry: 3000\n\n');
    const sample = await reader.next();
    assert.match(sample ?? '', /^id: 1\nevent: sample\ndata: .*\n\n$/);
    sampleEvent.parse(dataOf(sample));
    monitor.emit({ type: 'alert', incident: fakeIncident });
    monitor.emit({ type: 'verdict', verdict: fakeVerdict });
    const [alert, verdict] = [await reader.next(), await reader.next()];
    assert.match(alert ?? '', /^id: 2\nevent: alert\n/);
    incident.parse(dataOf(alert));
    assert.match(verdict ?? '', /^id: 3\nevent: verdict\n/);
    verdictRecord.parse(dataOf(verdict));
  });

  it('starts empty before the first sample', async () => {
    const monitor = createFakeMonitor();
    monitor.script.latest = undefined;
    const reader = textReader(createEventHub(monitor).open());
    assert.equal(await reader.next(), 'retry: 3000\n\n');
    monitor.emit({ type: 'sample', latest: fakeLatest });
    assert.match((await reader.next()) ?? '', /^id: 1\n/);
  });

  it('listens to the monitor once, and only while anyone reads', async () => {
    const monitor = createFakeMonitor();
    const hub = createEventHub(monitor);
    assert.equal(monitor.listeners(), 0);
    const bodies = [hub.open(), hub.open()];
    assert.deepEqual([monitor.listeners(), hub.readers()], [1, 2]);
    for (const body of bodies) await body?.cancel();
    assert.deepEqual([monitor.listeners(), hub.readers()], [0, 0]);
  });

  it('lets a reader go who does not keep up, and no other', async () => {
    const monitor = createFakeMonitor();
    const hub = createEventHub(monitor, { ...EVENT_HUB_LIMITS, maxWaitingBytes: 16 * 1024 });
    const idle = hub.open();
    const keen = textReader(hub.open());
    for (let sent = 0; sent < 50; sent += 1) {
      monitor.emit({ type: 'sample', latest: fakeLatest });
      await keen.next();
    }
    assert.equal(hub.readers(), 1);
    let waiting = 0;
    for await (const chunk of idle ?? []) waiting += chunk.byteLength;
    assert.ok(waiting > 0 && waiting <= 16 * 1024, `${waiting} bytes waited`);
  });

  it('takes so many readers and no more', () => {
    const hub = createEventHub(createFakeMonitor(), { ...EVENT_HUB_LIMITS, maxReaders: 2 });
    assert.ok(hub.open() && hub.open());
    assert.equal(hub.open(), undefined);
  });

  it('keeps a quiet stream open', async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    const monitor = createFakeMonitor();
    monitor.script.latest = undefined;
    const reader = textReader(createEventHub(monitor).open());
    await reader.next();
    mock.timers.tick(EVENT_HUB_LIMITS.heartbeatMs);
    assert.equal(await reader.next(), ': alive\n\n');
    mock.timers.reset();
  });

  it('ends every stream when it closes, and opens none after', async () => {
    const monitor = createFakeMonitor();
    monitor.script.latest = undefined;
    const hub = createEventHub(monitor);
    const reader = textReader(hub.open());
    hub.close();
    hub.close();
    assert.equal(await reader.next(), 'retry: 3000\n\n');
    assert.equal(await reader.next(), undefined);
    assert.equal(hub.open(), undefined);
    assert.equal(monitor.listeners(), 0);
  });
});
