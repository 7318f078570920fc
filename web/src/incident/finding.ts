// A verdict as a sentence: the same as in the alert, the command line and the reports. This only hands it the API's figures, and
// says of whom and until when.
import type { GrowingSite, Verdict } from '../../../src/api/wire.ts';
import { type FoundSite, finding } from '../../../src/leak/finding.ts';
import { formatDuration, HOUR } from '../../../src/units/index.ts';
import { shortPath } from '../part/short-path.ts';

export function describeFinding(verdict: Verdict, growingSites: readonly GrowingSite[]): string {
  const { verdict: kind, growth_bytes_per_hour: growth, since, time_to_limit_seconds: left, part } = verdict;
  const sentence = finding(
    {
      subject: verdict.subject,
      kind,
      confidence: verdict.confidence,
      ...(growth === null ? {} : { growthBytesPerSecond: growth / HOUR }),
      ...(since === undefined ? {} : { sinceSeconds: Date.parse(since) / 1000 }),
      ...(part === undefined ? {} : { part }),
      evidence: [],
    },
    growingSites.map(toModel),
  );
  const limit = left === null ? '' : `; limit in ${formatDuration(left)}${interval(verdict)}`;
  return capitalised(`${nameSubject(verdict.subject)}: ${sentence}${limit}`);
}

function toModel({
  file,
  line,
  function: functionName,
  share,
  via,
  thread,
  thread_id: id,
}: GrowingSite): FoundSite {
  const where = { functionName: functionName || '(anonymous)', file: shortPath(file), line };
  const caller = via && {
    functionName: via.function || '(anonymous)',
    file: shortPath(via.file),
    line: via.line,
    column: via.column,
  };
  return {
    site: {
      ...where,
      ...(caller && { via: caller }),
      ...(thread !== undefined && id !== undefined && { thread: { id, name: thread } }),
    },
    share,
  };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
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

/** `process:4211` → `process 4211`. */
export function nameSubject(subject: string): string {
  const [kind = '', name = ''] = subject.split(':');
  if (kind === 'heap') return name === 'main' ? 'this service' : `the heap of ${name}`;
  if (kind === 'worker') return `worker thread ${name}`;
  return name ? `${kind} ${name}` : `the ${kind}`;
}

/** The worker thread a verdict is about, if it is about one. */
export function workerOf(subject: string): number | undefined {
  const [, id] = /^worker:(\d+)$/.exec(subject) ?? [];
  return id === undefined ? undefined : Number(id);
}

/** The process a verdict is about, if it is about one. */
export function pidOf(subject: string): number | undefined {
  const [, pid] = /^process:(\d+)/.exec(subject) ?? [];
  return pid === undefined ? undefined : Number(pid);
}

/** Closer than this the two ends are one number. */
const WORTH_TELLING = 0.05;

function interval({ time_to_limit_interval_seconds: range }: Verdict): string {
  return range && range.high - range.low > range.low * WORTH_TELLING
    ? ` (${formatDuration(range.low)} to ${formatDuration(range.high)})`
    : '';
}
