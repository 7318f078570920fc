// /proc/stat: what the processors did since boot, and when that was. Source: Documentation/filesystems/proc.rst, 1.7.
import { join } from 'node:path';
import { ParseError, present } from '../../model/index.ts';
import { parseUnsigned, type Seconds } from '../../units/index.ts';
import { readText } from './read-text.ts';

/** Time of all processors since boot, in clock ticks. Waiting for I/O counts as idle, as in psutil and htop. */
export interface CpuTicks {
  readonly busy: number;
  readonly total: number;
}

export interface HostStat {
  readonly cpu: CpuTicks;
  readonly logicalCount: number;
  readonly bootAtSeconds?: Seconds;
}

/** user nice system idle iowait irq softirq steal: what follows (guest time) is already in user and nice. */
const COUNTED_FIELDS = 8;
const [IDLE, IOWAIT] = [3, 4];

/** @throws {ParseError} without a line for all processors, or where one of its figures or the boot time is no number. */
export function parseStat(text: string): HostStat {
  const lines = text.split('\n').map((line) => line.split(/ +/));
  const all = lines.find(([name]) => name === 'cpu');
  const boot = lines.find(([name]) => name === 'btime');
  if (!all) throw new ParseError('stat', 'no line of all processors');
  return present({
    cpu: cpuTicks(all.slice(1)),
    // A kernel without SMP prints no line of its one processor in some versions.
    logicalCount: Math.max(1, lines.filter(([name]) => /^cpu\d+$/.test(name ?? '')).length),
    bootAtSeconds: boot && numberOf(boot[1]),
  });
}

function cpuTicks(fields: readonly string[]): CpuTicks {
  const ticks = fields.slice(0, COUNTED_FIELDS).map(numberOf);
  if (ticks.length <= IDLE) throw new ParseError('stat', 'too few figures of all processors');
  const total = ticks.reduce((sum, value) => sum + value, 0);
  return { busy: total - (ticks[IDLE] ?? 0) - (ticks[IOWAIT] ?? 0), total };
}

function numberOf(text: string | undefined): number {
  const value = parseUnsigned(text ?? '');
  if (value === undefined)
    throw new ParseError('stat', `not a number: ${JSON.stringify(text?.slice(0, 40))}`);
  return value;
}

export function readStat(procRoot: string): HostStat | undefined {
  const text = readText(join(procRoot, 'stat'));
  return text === undefined ? undefined : parseStat(text);
}
