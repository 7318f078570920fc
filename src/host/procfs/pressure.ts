// /proc/pressure/memory, and a cgroup's memory.pressure, which is written alike: how long tasks waited for memory.
// Source: Documentation/accounting/psi.rst.
import { join } from 'node:path';
import { ParseError, type Pressure, type PressureLine, present } from '../../model/index.ts';
import { readText } from './read-text.ts';

const LINE =
  /^(some|full) avg10=(\d{1,3}\.\d\d) avg60=(\d{1,3}\.\d\d) avg300=(\d{1,3}\.\d\d) total=(\d{1,20})$/;

/** @throws {ParseError} where a line is neither `some` nor `full` with its three averages and its total. */
export function parsePressure(file: string, text: string): Pressure {
  const lines = new Map<string, PressureLine>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, kind, avg10, avg60, avg300, total] = LINE.exec(line) ?? [];
    if (kind === undefined) throw new ParseError(file, `not pressure: ${JSON.stringify(line.slice(0, 80))}`);
    lines.set(kind, {
      avg10Percent: Number(avg10),
      avg60Percent: Number(avg60),
      avg300Percent: Number(avg300),
      totalSeconds: Number(total) / 1e6,
    });
  }
  if (lines.size === 0) throw new ParseError(file, 'it is empty');
  return present({ some: lines.get('some'), full: lines.get('full') });
}

export function readPressure(path: string): Pressure | undefined {
  const text = readText(path);
  return text === undefined ? undefined : parsePressure('pressure', text);
}

export function readMemoryPressure(procRoot: string): Pressure | undefined {
  return readPressure(join(procRoot, 'pressure', 'memory'));
}
