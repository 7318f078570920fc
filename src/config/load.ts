// Where values come from, strongest first: run-time changes, the caller (command line, startMonitor), the environment, the
// configuration file, the default. Each layer is checked whole, so that one start tells every problem there is.
import { type Parsed, parseJson, parseText } from './parse.ts';
import { SETTING_KEYS, type SettingKey, type Settings, type SettingValue, settingOf } from './table.ts';

export type SettingSource = 'default' | 'file' | 'environment' | 'option' | 'runtime';

export interface SettingProblem {
  /** As the layer names it: MEMORY_THRESHOLD in the environment, memoryThreshold in a file. */
  readonly name: string;
  readonly value: string;
  readonly allowed: string;
  readonly source: SettingSource;
}

export interface EffectiveSetting {
  readonly key: SettingKey;
  readonly value: SettingValue | undefined;
  readonly source: SettingSource;
}

export interface Layers {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The parsed JSON of `--config FILE`. */
  readonly file?: unknown;
  /** camelCase, from the command line or from startMonitor(). */
  readonly options?: Readonly<Record<string, unknown>>;
  /** camelCase, as the store keeps them. */
  readonly runtime?: Readonly<Record<string, unknown>>;
}

export type Loaded =
  | { readonly ok: true; readonly settings: Settings; readonly effective: readonly EffectiveSetting[] }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };

type Values = Map<SettingKey, SettingValue>;
interface LayerValues {
  readonly source: SettingSource;
  readonly values: Values;
}

/** All layers into one set of settings, or every problem in any of them. */
export function loadSettings(layers: Layers): Loaded {
  const problems: SettingProblem[] = [];
  const given: LayerValues[] = [
    { source: 'file', values: fromObject(layers.file ?? {}, 'file', problems) },
    { source: 'environment', values: fromEnvironment(layers.environment ?? {}, problems) },
    { source: 'option', values: fromObject(layers.options ?? {}, 'option', problems) },
    { source: 'runtime', values: fromObject(layers.runtime ?? {}, 'runtime', problems) },
  ];
  if (problems.length > 0) return { ok: false, problems };
  const found = [{ source: 'default', values: defaultsBeside(given) } as const, ...given];
  const effective = SETTING_KEYS.map((key) => strongest(key, found));
  return { ok: true, settings: toSettings(effective), effective };
}

function strongest(key: SettingKey, layers: readonly LayerValues[]): EffectiveSetting {
  const layer = layers.findLast(({ values }) => values.has(key));
  return { key, value: layer?.values.get(key), source: layer?.source ?? 'default' };
}

function toSettings(effective: readonly EffectiveSetting[]): Settings {
  const given = effective.filter(({ value }) => value !== undefined);
  return Object.fromEntries(given.map(({ key, value }) => [key, value])) as unknown as Settings;
}

/** What precise mode is of no use without. */
const IN_PRECISE_MODE: readonly (readonly [SettingKey, SettingValue])[] = [
  ['tracemallocEnabled', true],
  ['tracemallocSampleBytes', 65_536],
];

function defaultsBeside(given: readonly LayerValues[]): Values {
  const isPrecise = strongest('tracemallocPrecise', given).value === true;
  return isPrecise ? new Map([...defaults(), ...IN_PRECISE_MODE]) : defaults();
}

function defaults(): Values {
  const values: Values = new Map();
  for (const key of SETTING_KEYS) {
    const value = settingOf(key).default;
    if (value !== undefined) values.set(key, value);
  }
  return values;
}

function fromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  problems: SettingProblem[],
): Values {
  const values: Values = new Map();
  for (const key of SETTING_KEYS) {
    const setting = settingOf(key);
    const text = environment[setting.name];
    // A variable set to nothing is how compose files and shells write "unset"; an empty list is a value of its own.
    if (text === undefined || (text === '' && setting.kind !== 'list')) continue;
    collect(values, problems, key, setting.name, text, 'environment', parseText(setting, text));
  }
  return values;
}

function fromObject(object: unknown, source: SettingSource, problems: SettingProblem[]): Values {
  const values: Values = new Map();
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    problems.push({
      name: source,
      value: JSON.stringify(object) ?? 'undefined',
      allowed: 'a JSON object',
      source,
    });
    return values;
  }
  for (const [name, value] of Object.entries(object)) {
    if (value === undefined) continue;
    const key = SETTING_KEYS.find((known) => known === name);
    if (key) collect(values, problems, key, name, value, source, parseJson(settingOf(key), value));
    else problems.push({ name, value: print(value), allowed: 'no setting has this name', source });
  }
  return values;
}

function collect(
  values: Values,
  problems: SettingProblem[],
  key: SettingKey,
  name: string,
  given: unknown,
  source: SettingSource,
  parsed: Parsed,
): void {
  if (parsed.ok) values.set(key, parsed.value);
  else
    problems.push({
      name,
      value: settingOf(key).secret ? '***' : print(given),
      allowed: parsed.allowed,
      source,
    });
}

function print(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
}
