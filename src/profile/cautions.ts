// What a reader of a comparison has to know before believing it.
import type { ProfileMetadata } from '../model/index.ts';
import { formatBytes } from '../units/index.ts';

type Caution = (before: ProfileMetadata, after: ProfileMetadata) => string | undefined;

const CAUTIONS: readonly Caution[] = [wrongOrder, inlining, garbage, intervals, threads, counts];

/** In sentences without a full stop. */
export function cautions(before: ProfileMetadata, after: ProfileMetadata): string[] {
  return CAUTIONS.map((caution) => caution(before, after)).filter((text) => text !== undefined);
}

function wrongOrder(before: ProfileMetadata, after: ProfileMetadata): string | undefined {
  const wrong = (before.atSeconds ?? 0) > (after.atSeconds ?? Number.POSITIVE_INFINITY);
  return wrong ? 'the first profile is the later one: growth shows as shrinkage' : undefined;
}

function inlining(...profiles: readonly ProfileMetadata[]): string | undefined {
  return profiles.some((profile) => profile.calleesMayBeBilledToCallers)
    ? "inlining was on: a function's allocations may stand at its caller"
    : undefined;
}

function garbage(...profiles: readonly ProfileMetadata[]): string | undefined {
  return profiles.some(({ basis }) => basis?.kind === 'as-read')
    ? 'a profile was not read just after a major collection: part of what it shows may be garbage'
    : undefined;
}

function intervals(before: ProfileMetadata, after: ProfileMetadata): string | undefined {
  const [first, second] = [before.sampleIntervalBytes, after.sampleIntervalBytes];
  return first === undefined || second === undefined || first === second
    ? undefined
    : `the sampling intervals differ (${formatBytes(first)} and ${formatBytes(second)}): small differences mean nothing`;
}

function threads(before: ProfileMetadata, after: ProfileMetadata): string | undefined {
  const [first, second] = [before.threadName, after.threadName];
  return first === undefined || second === undefined || first === second
    ? undefined
    : `the profiles are of different threads (${first} and ${second})`;
}

function counts(before: ProfileMetadata, after: ProfileMetadata): string | undefined {
  return before.counts === after.counts
    ? undefined
    : 'the profiles count different things: compare sizes, not counts';
}
