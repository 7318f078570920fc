// A change of settings as a client writes it, all or nothing: every name and every value is checked before any is changed.
import {
  parseJson,
  SETTING_KEYS,
  SETTINGS,
  type SettingKey,
  type SettingValue,
  settingOf,
} from '../config/index.ts';
import type { Monitor } from '../monitor/monitor.ts';
import { wireKey } from './present/setting.ts';
import type { Refusal } from './problems.ts';

type Changes = Partial<Record<SettingKey, SettingValue | null>>;
type InputProblem = NonNullable<Refusal['problems']>[number];

const SHOWN_VALUE_CHARACTERS = 100;

/** Changes what `body` names, and says which settings that were; or why nothing was changed. */
export function changeSettings(
  monitor: Monitor,
  body: Readonly<Record<string, unknown>>,
): { readonly changed: readonly SettingKey[] } | Refusal {
  const read = readChanges(body);
  if (read.problems.length > 0) return { refusal: 'INVALID_SETTING', problems: read.problems };
  const result = monitor.changeSettings(read.changes);
  if (!result.ok) return { refusal: 'INVALID_SETTING', problems: result.problems.map(withoutSource) };
  return { changed: Object.keys(read.changes) as SettingKey[] };
}

/** Whether changes outlive a restart: a degraded store is memory until the disk recovers. */
export function changesPersist(monitor: Monitor): boolean {
  return monitor.status().history.kind === 'disk';
}

function withoutSource({ name, value, allowed }: InputProblem): InputProblem {
  return { name, value, allowed };
}

function readChanges(body: Readonly<Record<string, unknown>>) {
  const changes: Changes = {};
  const problems: InputProblem[] = [];
  const given = Object.entries(body).filter(([, value]) => value !== undefined);
  if (given.length === 0) problems.push({ name: 'body', value: '{}', allowed: 'at least one setting' });
  for (const [name, value] of given) {
    const read = readChange(name, value, changes);
    if ('allowed' in read) problems.push(read);
    else changes[read.key] = read.value;
  }
  return { changes, problems };
}

function readChange(
  name: string,
  value: unknown,
  earlier: Changes,
): { readonly key: SettingKey; readonly value: SettingValue | null } | InputProblem {
  const key = SETTING_KEYS.find((known) => spellings(known).includes(name));
  const refuse = (allowed: string): InputProblem => ({ name, value: show(key, value), allowed });
  if (!key) return refuse('no setting has this name');
  if (key in earlier) return refuse('a setting once, by one of its names');
  if (!settingOf(key).runtime)
    return refuse('only changed at the start: it cannot change while the monitor runs');
  if (value === null) return { key, value: null };
  const parsed = parseJson(settingOf(key), value);
  return parsed.ok ? { key, value: parsed.value } : refuse(parsed.allowed);
}

/** `memory_threshold`, `MEMORY_THRESHOLD`, `memoryThreshold`. */
function spellings(key: SettingKey): readonly string[] {
  return [wireKey(key), SETTINGS[key].name, key];
}

function show(key: SettingKey | undefined, value: unknown): string {
  if (key && settingOf(key).secret) return '***';
  return (JSON.stringify(value) ?? 'nothing').slice(0, SHOWN_VALUE_CHARACTERS);
}
