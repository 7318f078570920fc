// docs/settings.md, made of the table of settings: `node scripts/settings-page.ts` writes it, a test holds it to the table.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowedText, SETTING_KEYS, type Setting, type SettingKey, settingOf } from '../src/config/index.ts';

/** Each section begins at a setting and ends before the next section's. */
const SECTIONS: readonly (readonly [SettingKey, string])[] = [
  ['alertingEnabled', 'Checks and alerts'],
  ['processHistorySize', 'What is kept in memory'],
  ['tracemallocEnabled', 'Allocation snapshots'],
  ['metricsPrefix', 'Metrics and the listener'],
  ['dataDir', 'The store'],
  ['trackedProcesses', 'What is watched'],
  ['telegramBotToken', 'Channels'],
  ['criticalNotificationRoutes', 'Who hears of what'],
];

const INTRODUCTION = `# Settings

<!-- Made by scripts/settings-page.ts from src/config/table.ts: change those, not this page. -->

A setting can be given in five places. The strongest that names it wins:

1. a change made while the monitor runs (\`PUT /api/monitoring/settings\`); it is kept in the store and can be unset again,
2. an option of the command (\`--port\`), or what a program passes to \`startMonitor()\`,
3. the environment, by the names below,
4. the file of \`--config FILE\`: JSON, by the names in the second column,
5. the default.

\`plimsoll config\` prints every setting with its value and where it came from; \`GET /api/monitoring/settings\` does the same for a
monitor that runs. Settings marked ● can be changed while it runs. A value that is not allowed stops the start, with one message
that lists every problem. A variable set to nothing counts as unset, except for lists, where it is the empty list. Lists are
separated by commas. Booleans are \`true\`, \`1\`, \`yes\`, \`on\` or \`false\`, \`0\`, \`no\`, \`off\`. Secrets are never printed.

\`\`\`json
{ "memoryThreshold": 80, "healthCheckInterval": 30, "lowNotificationRoutes": ["log"] }
\`\`\`
`;

/** The whole page, in Markdown. */
export function settingsPage(): string {
  const sections = SECTIONS.map(([first, title], index) =>
    sectionText(title, keysBetween(first, SECTIONS[index + 1]?.[0])),
  );
  return [INTRODUCTION, ...sections].join('\n');
}

function keysBetween(first: SettingKey, next: SettingKey | undefined): readonly SettingKey[] {
  return SETTING_KEYS.slice(SETTING_KEYS.indexOf(first), next && SETTING_KEYS.indexOf(next));
}

function sectionText(title: string, keys: readonly SettingKey[]): string {
  const rows = keys.map((key) => settingRow(key, settingOf(key)));
  return [
    `## ${title}\n`,
    '| environment | file | default | allowed | meaning |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function settingRow(key: SettingKey, setting: Setting): string {
  const mark = setting.runtime ? ' ●' : '';
  const cells = [`\`${setting.name}\`${mark}`, `\`${key}\``, defaultText(setting), allowedText(setting)];
  return `| ${[...cells, setting.help].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function defaultText(setting: Setting): string {
  return setting.default === undefined ? '–' : `\`${String(setting.default)}\``;
}

if (import.meta.main) writeFileSync(join(import.meta.dirname, '..', 'docs', 'settings.md'), settingsPage());
