// A verdict on a file as a line of JSON, and its steps for people.
import { finding, slopeOf } from '../../leak/index.ts';
import type { Verdict } from '../../model/index.ts';
import { formatDuration, HOUR } from '../../units/index.ts';
import { type Paint, printable } from '../output.ts';
import type { JudgedFile } from './judge-file.ts';

/** The evidence's points are for `--plot`: here only the words. */
export function judgementRecord({ file, verdict, firstLeakAtSeconds }: JudgedFile) {
  const { low, high } = verdict.growthInterval ?? {};
  return {
    file,
    verdict: verdict.kind,
    confidence: Number(verdict.confidence.toFixed(3)),
    leak: verdict.kind === 'leaking',
    growth_bytes_per_hour: Math.round(growthPerSecond(verdict) * HOUR),
    growth_interval_bytes_per_hour:
      low === undefined || high === undefined ? null : [Math.round(low * HOUR), Math.round(high * HOUR)],
    time_to_limit_seconds: wholeOrNull(verdict.timeToLimitSeconds),
    first_leak_at: firstLeakAtSeconds ?? null,
    since: verdict.sinceSeconds ?? null,
    part: verdict.part ?? null,
    finding: finding(verdict),
    evidence: wordsOf(verdict).map(({ kind, text }) => ({ kind, text })),
  };
}

/** A series that does not leak has a slope too: that of its floor. */
function growthPerSecond({ growthBytesPerSecond, evidence }: Verdict): number {
  const floor = evidence.find(({ kind }) => kind === 'floor')?.points ?? [];
  return growthBytesPerSecond ?? slopeOf(floor)?.slope ?? 0;
}

const wholeOrNull = (seconds: number | undefined) =>
  seconds !== undefined && Number.isFinite(seconds) ? Math.round(seconds) : null;

const DRAWN = ['line', 'band-low', 'band-high'];
/** Without what is only there to be drawn. */
export const wordsOf = ({ evidence }: Verdict) => evidence.filter(({ kind }) => !DRAWN.includes(kind));

export function explanation(judged: JudgedFile, paint: Paint): string {
  const { file, verdict, samples, firstSeconds, lastSeconds, changes, firstLeakAtSeconds } = judged;
  const age = (atSeconds: number) => formatDuration(Math.max(0, atSeconds - firstSeconds));
  const left = verdict.timeToLimitSeconds;
  const lines = [
    paint('bold', `${printable(file)}: ${finding(verdict)}`),
    `  read      ${samples} samples over ${age(lastSeconds)}`,
    ...changes.map(
      ({ atSeconds, kind }) =>
        `  ${kind === 'leaking' ? 'said leak' : 'said     '} after ${age(atSeconds)}: ${kind}`,
    ),
    ...wordsOf(verdict).map(({ kind, text }) => `  ${kind.padEnd(9)} ${text}`),
    ...(left === undefined || !Number.isFinite(left)
      ? []
      : [`  limit     reached in ${formatDuration(left)} at this rate`]),
    ...(firstLeakAtSeconds === undefined
      ? []
      : [`  since     it has said so from ${age(firstLeakAtSeconds)} on`]),
    `  sure      ${Math.round(verdict.confidence * 100)} %`,
  ];
  return `${lines.join('\n')}\n`;
}
