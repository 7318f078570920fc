// Help, made of what the commands and the settings say about themselves.
import { SETTING_KEYS, type Setting, settingOf } from '../config/index.ts';
import type { Command, Options } from './command.ts';
import { COMMANDS } from './commands.ts';
import { alignColumns } from './output.ts';

export function generalHelp(): string {
  const commands = Object.entries(COMMANDS).map(([name, { summary }]) => [`  ${name}`, summary]);
  return `Plimsoll watches the memory of this host and of Node.js services.

usage: plimsoll [command] [options]

commands:
${alignColumns(commands)}

plimsoll <command> --help tells what a command takes.
`;
}

export function commandHelp(summary: string, command: Command): string {
  const parts = [
    `plimsoll ${command.usage}\n\n${summary}`,
    command.details,
    `options:\n${alignColumns(optionRows(command.options))}`,
    command.showsSettings ? settingsHelp() : undefined,
  ];
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`;
}

function optionRows(options: Options): string[][] {
  const rows = Object.entries(options).map(([name, option]) => {
    const short = option.short ? `-${option.short}, ` : '';
    const value = option.type === 'string' ? ` ${option.value ?? 'VALUE'}` : '';
    return [`  ${short}--${name}${value}`, option.help];
  });
  return [...rows, ['  -h, --help', 'show this help']];
}

function settingsHelp(): string {
  const rows = SETTING_KEYS.map(settingOf).map((setting) => [
    `  ${setting.name}`,
    `${setting.help}${defaultText(setting)}`,
  ]);
  return `settings (environment; in a --config file the same in camelCase):\n${alignColumns(rows)}`;
}

function defaultText(setting: Setting): string {
  return setting.default === undefined ? '' : ` (${String(setting.default)})`;
}
