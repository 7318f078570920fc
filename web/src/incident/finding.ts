// A verdict as a sentence: what, how much, in whom, since when, where, until when. The figures are the API's; this only says
// them.
import type { GrowingSite, Verdict } from '../../../src/api/wire.ts';
import { formatBytes, formatDuration } from '../../../src/units/index.ts';
import { formatMoment } from '../chart/scale-format.ts';
import { shortPath } from '../part/short-path.ts';

export function describeFinding(verdict: Verdict, sites: readonly GrowingSite[], nowSeconds: number): string {
  const { growth_bytes_per_hour: growth, since, time_to_limit_seconds: left, part, subject } = verdict;
  const rate = growth === null ? '' : ` ${formatBytes(growth)}/h`;
  const where = part && !['rss', 'host', 'swap'].includes(part) ? ` (${PARTS[part]})` : '';
  const begun = since === undefined ? '' : ` since ${formatMoment(Date.parse(since) / 1000, nowSeconds)}`;
  const [site] = sites;
  const place = site ? ` · ${describeSite(site)}` : '';
  const end = left === null ? '' : ` · full in ${formatDuration(left)}${interval(verdict)}`;
  return `${WORDS[verdict.verdict]}${rate} in ${nameSubject(subject)}${where}${begun}${place}${end}`;
}

export function describeSite(site: Pick<GrowingSite, 'file' | 'line' | 'function'>): string {
  return `${shortPath(site.file)}:${site.line} ${site.function || '(anonymous)'}`;
}

export const WORDS: Readonly<Record<Verdict['verdict'], string>> = {
  stable: 'Stable',
  'warming-up': 'Warming up',
  filling: 'Filling',
  'growing-with-load': 'Growing with load',
  leaking: 'Leaking',
  fragmented: 'Fragmented',
  recovering: 'Recovering',
  'not-enough-data': 'Not enough data',
};

const PARTS: Readonly<Record<NonNullable<Verdict['part']>, string>> = {
  heap: 'JavaScript heap',
  external: 'buffers',
  native: 'native memory',
  rss: 'RSS',
  host: 'host',
  swap: 'swap',
};

/** `process:4211` → `process 4211`. */
export function nameSubject(subject: string): string {
  const [kind = '', name = ''] = subject.split(':');
  if (kind === 'heap') return name === 'main' ? 'this service' : `the heap of ${name}`;
  return name ? `${kind} ${name}` : `the ${kind}`;
}

/** The process a verdict is about, if it is about one. */
export function pidOf(subject: string): number | undefined {
  const [, pid] = /^process:(\d+)/.exec(subject) ?? [];
  return pid === undefined ? undefined : Number(pid);
}

function interval({ time_to_limit_interval_seconds: range }: Verdict): string {
  return range ? ` (${formatDuration(range.low)} to ${formatDuration(range.high)})` : '';
}
