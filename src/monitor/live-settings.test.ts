import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SettingKey, SettingValue } from '../config/index.ts';
import { createLiveSettings } from './live-settings.ts';

function keeper(stored: Partial<Record<SettingKey, SettingValue>> = {}) {
  const values = new Map(Object.entries(stored));
  return {
    settings: () => Object.fromEntries(values),
    saveSettings: (changes: Partial<Record<SettingKey, SettingValue | undefined>>) => {
      for (const [key, value] of Object.entries(changes)) {
        if (value === undefined) values.delete(key);
        else values.set(key, value);
      }
    },
  };
}

describe('live settings', () => {
  it('lays a change over the environment, keeps it, and gives the environment back when it is unset', () => {
    const kept = keeper();
    const layers = { environment: { MEMORY_THRESHOLD: '70' } };
    const live = createLiveSettings(layers, kept);
    assert.equal(live.change({ memoryThreshold: 60 }).ok, true);
    assert.equal(live.current().memoryThreshold, 60);
    assert.equal(createLiveSettings(layers, kept).current().memoryThreshold, 60, 'after a restart');
    assert.equal(live.effective().find(({ key }) => key === 'memoryThreshold')?.source, 'runtime');
    live.change({ memoryThreshold: null });
    assert.equal(live.current().memoryThreshold, 70);
    assert.equal(live.effective().find(({ key }) => key === 'memoryThreshold')?.source, 'environment');
  });

  it('changes all or nothing, and tells every problem', () => {
    const live = createLiveSettings({}, keeper());
    const change = live.change({ memoryThreshold: 0, dedupWindow: 10, port: 1, healthCheckInterval: 5 });
    assert.equal(change.ok, false);
    assert.deepEqual(change.ok ? [] : change.problems.map(({ name }) => name), ['memoryThreshold', 'port']);
    assert.equal(live.current().dedupWindow, 300);
    assert.equal(live.current().healthCheckInterval, 60);
  });

  it('passes over what an older version stored and this one does not allow', () => {
    const live = createLiveSettings({}, keeper({ memoryThreshold: 400, dedupWindow: 10 }));
    assert.equal(live.current().memoryThreshold, 85);
    assert.equal(live.current().dedupWindow, 10);
  });
});
