// `plimsoll config`: the settings as a start with the same options and environment would have them.
import { presentSetting } from '../api/present/setting.ts';
import type { EffectiveSetting, SettingValue } from '../config/index.ts';
import { defineCommand, EXIT, jsonOption } from './command.ts';
import { alignColumns, painter, printable, printJson } from './output.ts';
import { commandSettings, settingsOptions } from './settings-options.ts';

export const command = defineCommand({
  usage: 'config [options]',
  details:
    'Sources, strongest first: changes made at run time (they are in the store of the agent; its\n' +
    'GET /api/monitoring/settings shows them), options, environment, --config FILE, default.',
  options: { ...settingsOptions, ...jsonOption },
  showsSettings: true,
  async run({ options }, io) {
    const { effective } = commandSettings(options, io.env);
    if (options.json) printJson(io.stdout, { settings: effective.map(presentSetting) });
    else io.stdout.write(`${settingsTable(effective, io.stdout.colour)}\n`);
    return EXIT.ok;
  },
});

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
