// /proc/loadavg: tasks that run or wait, averaged over 1, 5 and 15 minutes.
import { join } from 'node:path';
import { ParseError } from '../../model/index.ts';
import { readText } from './read-text.ts';

export type LoadAverage = readonly [number, number, number];

const LOADS = /^(\d{1,9}\.\d\d) (\d{1,9}\.\d\d) (\d{1,9}\.\d\d) \d+\/\d+ \d+\n?$/;

/** @throws {ParseError} where it is not three loads, the running and all tasks, and the newest pid. */
export function parseLoadavg(text: string): LoadAverage {
  const [, one, five, fifteen] = LOADS.exec(text) ?? [];
  if (one === undefined)
    throw new ParseError('loadavg', `not a load average: ${JSON.stringify(text.slice(0, 80))}`);
  return [Number(one), Number(five), Number(fifteen)];
}

export function readLoadavg(procRoot: string): LoadAverage | undefined {
  const text = readText(join(procRoot, 'loadavg'));
  return text === undefined ? undefined : parseLoadavg(text);
}
