// Ticks of the axes: sizes in steps that are round in IEC units, times of day on a 24-hour clock in the reader's own zone.
import { DAY, formatBytes, formatDuration, GIB, KIB, MIB, type Seconds } from '../../../src/units/index.ts';

export type Unit = 'bytes' | 'percent';

/** Steps between ticks that make sense for a unit. */
export function steps(unit: Unit): number[] {
  if (unit === 'percent') return [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 25, 50];
  const factors = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
  return [KIB, MIB, GIB, GIB * 1024].flatMap((scale) => factors.map((factor) => factor * scale));
}

export function formatTick(unit: Unit, value: number): string {
  if (unit === 'percent') return `${Number(value.toFixed(2))} %`;
  return formatBytes(value)
    .replace(/\.0+ /, ' ')
    .replace(/(\.\d)0 /, '$1 ');
}

export function formatValue(unit: Unit, value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return unit === 'bytes' ? formatBytes(value) : `${value.toFixed(1)} %`;
}

const pad = (part: number) => String(part).padStart(2, '0');

export function formatTimeTick(atSeconds: Seconds, stepSeconds: Seconds): string {
  const at = new Date(atSeconds * 1000);
  const clock = `${pad(at.getHours())}:${pad(at.getMinutes())}`;
  if (stepSeconds < 60) return `${clock}:${pad(at.getSeconds())}`;
  const midnight = at.getHours() === 0 && at.getMinutes() === 0;
  return stepSeconds >= DAY || midnight ? formatDay(at) : clock;
}

/** `today's` moments by the clock alone, others with their day. */
export function formatMoment(atSeconds: Seconds, nowSeconds: Seconds): string {
  const at = new Date(atSeconds * 1000);
  const clock = `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
  const sameDay = new Date(nowSeconds * 1000).toDateString() === at.toDateString();
  return sameDay ? clock : `${formatDay(at)} ${clock}`;
}

export function formatAgo(atSeconds: Seconds, nowSeconds: Seconds): string {
  const age = nowSeconds - atSeconds;
  return age < 1.5 ? 'now' : `${formatDuration(age < 10 ? Math.round(age) : age)} ago`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function formatDay(at: Date): string {
  return `${at.getDate()} ${MONTHS[at.getMonth()]}`;
}
