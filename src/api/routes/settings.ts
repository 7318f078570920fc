// Settings in force, and their change while the monitor runs.
import type { SettingKey } from '../../config/index.ts';
import type { Monitor } from '../../monitor/monitor.ts';
import { presentSetting } from '../present/setting.ts';
import { presentThresholds } from '../present/status.ts';
import { jsonRoute, type Route } from '../route.ts';
import { changeSettings, changesPersist } from '../settings-change.ts';

export const SETTINGS_ROUTES: readonly Route[] = [
  jsonRoute({
    method: 'GET',
    path: '/api/monitoring/settings',
    summary: 'Every setting, its value and where it came from; secrets masked',
    data: 'settings',
    handle: (_, { monitor }) => ({
      data: { settings: monitor.effectiveSettings().map(presentSetting) },
      message: 'Settings in force',
    }),
  }),
  jsonRoute({
    method: 'PUT',
    path: '/api/monitoring/settings',
    summary: 'Changes settings, all or nothing',
    description: 'By key (memory_threshold) or environment name; null takes a run-time change back.',
    body: 'settingsBody',
    data: 'settingsChanged',
    problems: ['INVALID_SETTING'],
    handle: ({ body }, { monitor }) => {
      const result = changeSettings(monitor, body);
      if ('refusal' in result) return result;
      const data = { changed: inForce(monitor, result.changed), persisted: changesPersist(monitor) };
      return { data, message: sayPersisted(data.persisted) };
    },
  }),
  jsonRoute({
    method: 'PUT',
    path: '/api/monitoring/thresholds',
    summary: 'Changes the alert thresholds, all or nothing',
    body: 'thresholdsBody',
    data: 'thresholdsChanged',
    problems: ['INVALID_SETTING'],
    handle: ({ body }, { monitor }) => {
      const result = changeSettings(monitor, body);
      if ('refusal' in result) return result;
      const data = {
        thresholds: presentThresholds(monitor.settings()),
        persisted: changesPersist(monitor),
      };
      return { data, message: sayPersisted(data.persisted) };
    },
  }),
];

function inForce(monitor: Monitor, keys: readonly SettingKey[]) {
  return monitor
    .effectiveSettings()
    .filter(({ key }) => keys.includes(key))
    .map(presentSetting);
}

function sayPersisted(persisted: boolean): string {
  return persisted
    ? 'Changed, and kept across restarts'
    : 'Changed until the next restart: there is no store';
}
