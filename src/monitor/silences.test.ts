import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createManualClock } from '../../test/manual-clock.ts';
import type { Notification } from '../model/index.ts';
import { createSilences } from './silences.ts';

const notification = (
  kind: Notification['kind'],
  key: Notification['key'] = 'high_memory',
): Notification => ({
  id: '1',
  incidentId: 'i',
  kind,
  key,
  type: 'memory',
  severity: 'high',
  title: '',
  message: '',
  startedAtSeconds: 0,
  atSeconds: 0,
});
const told = () => true;
const untold = () => false;

describe('silences', () => {
  it('hold back what fires, for their time and their alert alone', async () => {
    const clock = createManualClock();
    const silences = createSilences(clock);
    silences.set('high_memory', 60);
    assert.equal(silences.lets(notification('firing'), told), false);
    assert.equal(silences.lets(notification('firing', 'oom_kill'), untold), true);
    assert.equal(silences.lets(notification('test', 'test'), untold), true);
    assert.deepEqual(silences.list(), [{ key: 'high_memory', untilSeconds: clock.wallSeconds() + 60 }]);
    clock.jump(3600);
    assert.equal(silences.lets(notification('firing'), told), false, 'a clock that was set ends none');
    await clock.advance(60);
    assert.equal(silences.lets(notification('firing'), told), true);
    assert.deepEqual(silences.list(), []);
  });

  it('let the end through to those who heard of the beginning, and to nobody else', () => {
    const silences = createSilences(createManualClock());
    silences.set('high_memory', 60);
    assert.equal(silences.lets(notification('resolved'), told), true);
    assert.equal(silences.lets(notification('resolved'), untold), false);
  });

  it('end when they are told to', () => {
    const silences = createSilences(createManualClock());
    silences.set('high_memory', 60);
    silences.set('high_memory', 0);
    assert.equal(silences.lets(notification('firing'), told), true);
  });
});
