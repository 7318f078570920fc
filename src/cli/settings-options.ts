// The options that set settings, the same for every command that starts the engine or a part of it, and the way from them,
// the environment and the configuration file to settings.
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  type EffectiveSetting,
  type Layers,
  loadSettings,
  readConfigFile,
  type SettingProblem,
  type Settings,
  SettingsError,
} from '../config/index.ts';
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
  if (!loaded.ok) throw new SettingsError(loaded.problems, nameOf);
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

function nameOf({ name, source }: SettingProblem): string {
  return (source === 'option' ? FLAGS[name as keyof typeof FLAGS] : undefined) ?? name;
}
