// `plimsoll top`: a live table of the host and its processes, read in this process; no agent is needed.
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { presentSwap, presentVirtual } from '../api/present/memory.ts';
import { presentListedProcess } from '../api/present/process.ts';
import { systemClock } from '../monitor/clock.ts';
import { formatTime, HOUR, type Seconds } from '../units/index.ts';
import { defineCommand, EXIT, jsonOption, UsageError } from './command.ts';
import { painter, printJson } from './output.ts';
import { commandSettings, configOption } from './settings-options.ts';
import { paintLine } from './top/line.ts';
import { watchLive } from './top/live.ts';
import { type Page, pageLines } from './top/page.ts';
import { openTopSource, type TopSource } from './top/reading.ts';
import { arrange, FIRST_VIEW, type ProcessRow } from './top/view.ts';

const DEFAULT_INTERVAL = '2';
/** A process's CPU is what it used between two readings. */
const ONCE_SECONDS: Seconds = 0.5;

export const command = defineCommand({
  usage: 'top [options]',
  details:
    'Keys: r RSS, g growth, c CPU, n name, p pid, R reverse, / filter, q quit. Growth is over the last\n' +
    '150 readings at most (five minutes), from what this command has read itself.',
  options: {
    interval: { type: 'string', value: 'SECONDS', help: `time between readings (${DEFAULT_INTERVAL})` },
    once: { type: 'boolean', help: 'print one table and end, as when the output is not a terminal' },
    ...configOption,
    ...jsonOption,
  },
  async run({ options }, io) {
    const intervalSeconds = readInterval(options.interval ?? DEFAULT_INTERVAL);
    const { settings } = commandSettings(options, io.env);
    const fixed = { hostName: hostname(), thresholdPercent: settings.memoryThreshold };
    const source = openTopSource(settings, systemClock);
    try {
      if (options.once || options.json || !io.stdout.isTTY) {
        const page = { ...fixed, ...(await readOnce(source)), view: FIRST_VIEW };
        if (options.json) printJson(io.stdout, pageRecord(page));
        else io.stdout.write(pageText(page, io.stdout));
      } else await watchLive({ io, clock: systemClock, intervalSeconds, fixed, read: () => source.read() });
    } finally {
      source.close();
    }
    return EXIT.ok;
  },
});

function readInterval(text: string): Seconds {
  const seconds = Number(text);
  if (text.trim() !== '' && seconds >= 0.1 && seconds <= 3600) return seconds;
  throw new UsageError(`--interval=${text} (allowed: 0.1 to 3600 seconds)`, 'plimsoll top --help');
}

async function readOnce(source: TopSource) {
  source.read();
  await sleep(ONCE_SECONDS * 1000);
  return source.read();
}

/** The table as text: cut to a terminal's width, whole where there is no terminal. */
export function pageText(page: Page, output: { isTTY: boolean; columns: number; colour: boolean }): string {
  const width = output.isTTY ? output.columns : undefined;
  const paint = painter(output.colour);
  return pageLines(page, output.columns)
    .map((line) => `${paintLine(line, paint, width).trimEnd()}\n`)
    .join('');
}

function pageRecord({ hostName, host, rows, view, thresholdPercent }: Page) {
  return {
    timestamp: formatTime(host.atSeconds),
    host: hostName,
    memory_threshold_percent: thresholdPercent,
    ...(host.memory && { memory: presentVirtual(host.memory) }),
    ...(host.swap && { swap: presentSwap(host.swap) }),
    processes: arrange(rows, view).map(processRecord),
  };
}

function processRecord(row: ProcessRow) {
  const { growthBytesPerSecond, direction } = row;
  return {
    ...presentListedProcess(row),
    growth_bytes_per_hour: growthBytesPerSecond === undefined ? null : growthBytesPerSecond * HOUR,
    trend: direction,
  };
}
