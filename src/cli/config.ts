// `plimsoll config`: the settings as a start with the same options and environment would have them.
import { presentSetting } from '../api/present/setting.ts';
import type { EffectiveSetting, SettingValue } from '../config/index.ts';
import { readStoredSettings, StoreError } from '../history/index.ts';
import { createLiveSettings } from '../monitor/live-settings.ts';
import { defineCommand, EXIT, type Io, jsonOption } from './command.ts';
import { alignColumns, painter, printable, printJson } from './output.ts';
import {
  agentDataDir,
  requireSettings,
  type SettingsOptionValues,
  settingsLayers,
  settingsOptions,
} from './settings-options.ts';

export const command = defineCommand({
  usage: 'config [options]',
  details:
    'Sources, strongest first: changes made at run time (out of the store of the agent), options,\n' +
    'environment, --config FILE, default. While an agent has the store open only the agent knows what\n' +
    'was changed: GET /api/monitoring/settings.',
  options: { ...settingsOptions, ...jsonOption },
  showsSettings: true,
  async run({ options }, io) {
    const effective = effectiveSettings(options, io);
    if (options.json) printJson(io.stdout, { settings: effective.map(presentSetting) });
    else io.stdout.write(`${settingsTable(effective, io.stdout.colour)}\n`);
    return EXIT.ok;
  },
});

/** As an agent started now would have them. */
function effectiveSettings(options: SettingsOptionValues, io: Io): readonly EffectiveSetting[] {
  const layers = settingsLayers(options, io.env);
  const dataDir = agentDataDir(requireSettings(layers).settings, options, io.env);
  const stored = dataDir === undefined ? {} : storedSettings(dataDir, io);
  return createLiveSettings(layers, { settings: () => stored, saveSettings: () => {} }).effective();
}

function storedSettings(dataDir: string, io: Io): ReturnType<typeof readStoredSettings> {
  try {
    return readStoredSettings(dataDir);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    // The other sources are worth showing all the same.
    io.stderr.write(
      `${printable(`plimsoll: [${error.code}] changes made at run time are not shown: ${error.message}`)}\n`,
    );
    return {};
  }
}

/** Name, value and source; what differs from the default stands out. */
export function settingsTable(effective: readonly EffectiveSetting[], colour: boolean): string {
  const paint = painter(colour);
  const rows = effective.map(presentSetting).map(({ name, value, source }) => {
    const cells = [name, printable(valueText(value)), source];
    return source === 'default' ? cells : cells.map((cell) => paint('bold', cell));
  });
  return alignColumns([['SETTING', 'VALUE', 'SOURCE'], ...rows]);
}

function valueText(value: SettingValue | null): string {
  if (value === null) return '-';
  return value === '' || (Array.isArray(value) && value.length === 0) ? '""' : String(value);
}
