import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { loadSettings } from './load.ts';
import { allowedText, parseJson, parseText } from './parse.ts';
import { SETTING_KEYS, SETTINGS, settingOf } from './table.ts';

function loaded(layers: Parameters<typeof loadSettings>[0]) {
  const result = loadSettings(layers);
  assert.ok(result.ok, JSON.stringify(result));
  return result;
}

describe('settings', () => {
  it('have the documented defaults', () => {
    const { settings } = loaded({});
    assert.equal(settings.memoryThreshold, 85);
    assert.equal(settings.healthCheckInterval, 60);
    assert.equal(settings.healthCheckCooldown, 30);
    assert.equal(settings.consecutiveFailures, 3);
    assert.equal(settings.dedupWindow, 300);
    assert.equal(settings.alertRecoveryMinutes, 60);
    assert.equal(settings.processHistorySize, 100);
    assert.equal(settings.tracemallocEnabled, false);
    assert.equal(settings.tracemallocThresholdMb, 100);
    assert.equal(settings.metricsPrefix, 'vertex_ar_');
    assert.equal(settings.port, 9487);
    assert.equal(settings.host, '127.0.0.1');
    assert.deepEqual(settings.criticalNotificationRoutes, ['all']);
    assert.equal(settings.maxRuntime, undefined);
    assert.equal('maxRuntime' in settings, false);
  });

  it('come from the strongest layer that has them: runtime, option, environment, file, default', () => {
    const layers = {
      file: { memoryThreshold: 1, dedupWindow: 1, sampleInterval: 1, port: 1 },
      environment: { MEMORY_THRESHOLD: '2', MONITORING_DEDUP_WINDOW: '2', MONITORING_SAMPLE_INTERVAL: '2' },
      options: { memoryThreshold: 3, dedupWindow: 3 },
      runtime: { memoryThreshold: 4 },
    };
    const { settings, effective } = loaded(layers);
    assert.deepEqual(
      [settings.memoryThreshold, settings.dedupWindow, settings.sampleInterval, settings.port],
      [4, 3, 2, 1],
    );
    const source = (key: string) => effective.find((setting) => setting.key === key)?.source;
    assert.deepEqual(['memoryThreshold', 'dedupWindow', 'sampleInterval', 'port', 'host'].map(source), [
      'runtime',
      'option',
      'environment',
      'file',
      'default',
    ]);
  });

  it('tell every problem at once, and no secret', () => {
    const result = loadSettings({
      environment: {
        MEMORY_THRESHOLD: '0',
        MONITORING_PORT: '70000',
        MONITORING_TOKEN: 'se cret',
        ALERTING_ENABLED: 'maybe',
      },
      file: { memoryTreshold: 5, healthCheckInterval: 'soon' },
    });
    assert.ok(!result.ok);
    assert.deepEqual(result.problems.map(({ name }) => name).sort(), [
      'ALERTING_ENABLED',
      'MEMORY_THRESHOLD',
      'MONITORING_PORT',
      'MONITORING_TOKEN',
      'healthCheckInterval',
      'memoryTreshold',
    ]);
    assert.equal(JSON.stringify(result).includes('se cret'), false);
    const threshold = result.problems.find(({ name }) => name === 'MEMORY_THRESHOLD');
    assert.deepEqual([threshold?.value, threshold?.allowed], ['0', 'a number above 0, at most 100 (%)']);
  });

  it('take an empty variable for an unset one, but an empty list for empty', () => {
    const { settings } = loaded({ environment: { MEMORY_THRESHOLD: '', LOW_NOTIFICATION_ROUTES: '' } });
    assert.equal(settings.memoryThreshold, 85);
    assert.deepEqual(settings.lowNotificationRoutes, []);
  });

  it('accept 100 % and a whisker above 0, not 0 and not more', () => {
    const accepts = (text: string) => parseText(SETTINGS.memoryThreshold, text).ok;
    assert.deepEqual(['100', '0.001', '85.5', '1e1'].map(accepts), [true, true, true, true]);
    assert.deepEqual(
      ['0', '100.01', '-1', 'NaN', 'Infinity', ' ', '85%', '0x'].map(accepts),
      Array(8).fill(false),
    );
  });

  it('either parse or say what is allowed, whatever they are given', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SETTING_KEYS), fc.oneof(fc.string(), fc.jsonValue()), (key, given) => {
        const parsed = parseJson(settingOf(key), given);
        if (!parsed.ok) assert.equal(parsed.allowed, allowedText(settingOf(key)));
        else
          assert.equal(
            parseJson(settingOf(key), parsed.value).ok,
            true,
            'what was accepted is accepted again',
          );
      }),
    );
  });

  it('have names of their own and their defaults within their bounds', () => {
    const names = SETTING_KEYS.map((key) => settingOf(key).name);
    assert.equal(new Set(names).size, names.length);
    for (const key of SETTING_KEYS) {
      const value = settingOf(key).default;
      if (value !== undefined) assert.equal(parseJson(settingOf(key), value).ok, true, key);
    }
  });
});
