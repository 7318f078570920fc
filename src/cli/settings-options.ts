// The options that set settings, the same for every command that starts the engine or a part of it, and the way from them,
// the environment and the configuration file to settings.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  type EffectiveSetting,
  type Layers,
  loadSettings,
  type SettingProblem,
  type Settings,
} from '../config/index.ts';
import { CodedError } from '../model/index.ts';
import type { Io, OptionValues } from './command.ts';

export const configOption = {
  config: { type: 'string', value: 'FILE', help: 'JSON file of settings, their names in camelCase' },
} as const;

export const settingsOptions = {
  host: { type: 'string', value: 'ADDRESS', help: 'address to listen on (MONITORING_HOST)' },
  port: { type: 'string', value: 'N', help: 'port to listen on, 0 for a free one (MONITORING_PORT)' },
  data: { type: 'string', value: 'DIR', help: 'folder of the store (MONITORING_DATA_DIR)' },
  'no-store': { type: 'boolean', help: 'keep history in memory only' },
  ...configOption,
} as const;

export type SettingsOptionValues = OptionValues<typeof settingsOptions>;

/** The option that sets a setting. */
const FLAGS = { host: '--host', port: '--port', dataDir: '--data' } as const;

/** What `loadSettings` takes, without the changes made at run time, which only the store knows. Throws CONFIG_FILE_… . */
export function settingsLayers(options: SettingsOptionValues, env: Io['env']): Layers {
  return {
    environment: env,
    ...(options.config === undefined ? {} : { file: readConfigFile(options.config) }),
    options: { host: options.host, port: options.port, dataDir: options.data },
  };
}

export interface LoadedSettings {
  readonly settings: Settings;
  readonly effective: readonly EffectiveSetting[];
}

/** The settings, or one BAD_SETTINGS error that tells every problem there is. */
export function requireSettings(layers: Layers): LoadedSettings {
  const loaded = loadSettings(layers);
  if (!loaded.ok) throw badSettings(loaded.problems);
  return loaded;
}

/** The settings of a command that starts no store. */
export function commandSettings(options: SettingsOptionValues, env: Io['env']): LoadedSettings {
  return requireSettings(settingsLayers(options, env));
}

/** Where an agent's store is: as set, or `plimsoll` in the state directory of the XDG specification; undefined with --no-store. */
export function agentDataDir(
  settings: Settings,
  options: SettingsOptionValues,
  env: Io['env'],
): string | undefined {
  if (options['no-store']) return undefined;
  return settings.dataDir || join(env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'plimsoll');
}

function readConfigFile(path: string): unknown {
  const text = readText(path);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CodedError(
      'CONFIG_FILE_INVALID',
      `${path} is not JSON: ${(cause as Error).message}`,
      'correct it',
      { cause },
    );
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CodedError(
      'CONFIG_FILE_UNREADABLE',
      `the settings file cannot be read: ${(cause as Error).message}`,
      'give a file that exists and that this user may read',
      { cause },
    );
  }
}

function badSettings(problems: readonly SettingProblem[]): CodedError {
  const noun = problems.length === 1 ? '1 setting is wrong' : `${problems.length} settings are wrong`;
  return new CodedError(
    'BAD_SETTINGS',
    `${noun}: ${problems.map(describeProblem).join('; ')}`,
    'correct them and start again',
  );
}

function describeProblem({ name, value, allowed, source }: SettingProblem): string {
  const flag = source === 'option' ? FLAGS[name as keyof typeof FLAGS] : undefined;
  const where = source === 'file' ? ' in the settings file' : '';
  return `${flag ?? name}=${value}${where} (allowed: ${allowed})`;
}
