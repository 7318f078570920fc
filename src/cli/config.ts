// `plimsoll config`: the settings as a start with the same options and environment would have them.
import { allowedText, type EffectiveSetting, type SettingValue, settingOf } from '../config/index.ts';
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
    if (options.json) printJson(io.stdout, { settings: effective.map(settingRecord) });
    else io.stdout.write(`${settingsTable(effective, io.stdout.colour)}\n`);
    return EXIT.ok;
  },
});

const MASK = '***';

/** One setting as `--json` and the HTTP API show it; an unset one has no value. */
export function settingRecord({ key, value, source }: EffectiveSetting) {
  const setting = settingOf(key);
  const shown = setting.secret && value !== undefined ? MASK : value;
  return {
    name: setting.name,
    key,
    value: shown ?? null,
    default: setting.default ?? null,
    source,
    unit: setting.kind === 'number' ? setting.unit : null,
    runtime: setting.runtime === true,
    help: setting.help,
    allowed: allowedText(setting),
  };
}

/** Name, value and source; what differs from the default stands out. */
export function settingsTable(effective: readonly EffectiveSetting[], colour: boolean): string {
  const paint = painter(colour);
  const rows = effective.map(settingRecord).map(({ name, value, source }) => {
    const cells = [name, printable(valueText(value)), source];
    return source === 'default' ? cells : cells.map((cell) => paint('bold', cell));
  });
  return alignColumns([['SETTING', 'VALUE', 'SOURCE'], ...rows]);
}

function valueText(value: SettingValue | null): string {
  if (value === null) return '-';
  return value === '' || (Array.isArray(value) && value.length === 0) ? '""' : String(value);
}
