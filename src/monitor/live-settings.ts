// The settings while the monitor runs: what it was started with, under what was changed since. Changes are all or nothing and
// outlive a restart where there is a store.
import {
  type EffectiveSetting,
  type Layers,
  loadSettings,
  parseJson,
  SETTING_KEYS,
  type SettingKey,
  type SettingProblem,
  type Settings,
  type SettingValue,
  settingOf,
} from '../config/index.ts';
import type { History } from '../history/history.ts';
import type { SettingsChange } from './monitor.ts';

export interface LiveSettings {
  current(): Settings;
  effective(): readonly EffectiveSetting[];
  change(changes: Readonly<Partial<Record<SettingKey, SettingValue | null>>>): SettingsChange;
}

type Kept = Pick<History, 'settings' | 'saveSettings'>;

/** `layers` must have loaded without a problem before. */
export function createLiveSettings(layers: Layers, kept: Kept): LiveSettings {
  let { settings, effective } = loadAll(layers, kept);
  return {
    current: () => settings,
    effective: () => effective,
    change(changes) {
      const problems = problemsOf(changes);
      if (problems.length > 0) return { ok: false, problems };
      kept.saveSettings(
        Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, value ?? undefined])),
      );
      ({ settings, effective } = loadAll(layers, kept));
      return { ok: true, effective };
    },
  };
}

function loadAll(layers: Layers, kept: Kept): { settings: Settings; effective: readonly EffectiveSetting[] } {
  const loaded = loadSettings({ ...layers, runtime: stillAllowed(kept.settings()) });
  if (loaded.ok) return loaded;
  throw new Error(
    `settings that had loaded no longer do: ${loaded.problems.map(({ name }) => name).join(', ')}`,
  );
}

/** What an older version stored may no longer be allowed: such a change is as if it had never been made. */
function stillAllowed(stored: Readonly<Partial<Record<SettingKey, SettingValue>>>): Record<string, unknown> {
  const allowed = Object.entries(stored).filter(
    ([key, value]) => isKnown(key) && settingOf(key).runtime && parseJson(settingOf(key), value).ok,
  );
  return Object.fromEntries(allowed);
}

function problemsOf(changes: Readonly<Partial<Record<SettingKey, SettingValue | null>>>): SettingProblem[] {
  return Object.entries(changes).flatMap(([key, value]) => {
    const problem = problemOf(key, value);
    return problem === undefined
      ? []
      : [{ name: key, value: String(value), allowed: problem, source: 'runtime' }];
  });
}

function problemOf(key: string, value: SettingValue | null): string | undefined {
  if (!isKnown(key)) return 'no setting has this name';
  if (!settingOf(key).runtime)
    return 'this setting cannot change while the monitor runs; restart it with the new value';
  if (value === null) return undefined;
  const parsed = parseJson(settingOf(key), value);
  return parsed.ok ? undefined : parsed.allowed;
}

function isKnown(key: string): key is SettingKey {
  return (SETTING_KEYS as readonly string[]).includes(key);
}
