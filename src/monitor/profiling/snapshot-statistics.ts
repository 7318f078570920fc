// tracemalloc's statistics and compare_to of kept snapshots, filtered as filter_traces does, for whoever asks over HTTP.
import { createSourceLines, type PositionResolver, readSourceFile } from '../../heap/index.ts';
import { EXTERNAL_DOMAIN, HEAP_DOMAIN, type Profile } from '../../model/index.ts';
import { cautions } from '../../profile/cautions.ts';
import { Filter, Snapshot, type Traceback } from '../../profile/index.ts';
import type {
  SnapshotComparison,
  SnapshotRecord,
  SnapshotStatistics,
  StatisticsQuery,
  TraceFilterWish,
} from '../monitor.ts';

/** What one answer shows; the rest are single samples. */
const MAX_ROWS = 500;

interface Kept {
  readonly record: SnapshotRecord;
  readonly profile: Profile;
}

/** Throws STATISTICS_KEY. */
export function snapshotStatistics(
  { record, profile }: Kept,
  query: StatisticsQuery,
  positions: PositionResolver,
): SnapshotStatistics {
  const statistics = filtered(profile, query, positions).statistics(query.key, query.cumulative);
  return {
    snapshot: record,
    total: statistics.length,
    statistics: statistics.slice(0, MAX_ROWS).map(({ traceback, size, count }) => ({
      ...presentTraceback(traceback, query),
      sizeBytes: size,
      count,
    })),
  };
}

/** Whichever way round they were named, growth is from the earlier to the later. Throws STATISTICS_KEY. */
export function compareKept(
  pair: readonly [Kept, Kept],
  query: StatisticsQuery,
  positions: PositionResolver,
): SnapshotComparison {
  const [before, after] = pair.toSorted((a, b) => a.record.atSeconds - b.record.atSeconds) as [Kept, Kept];
  const [old, now] = [before, after].map(({ profile }) => filtered(profile, query, positions)) as [
    Snapshot,
    Snapshot,
  ];
  const differences = now.compareTo(old, query.key, query.cumulative);
  return {
    before: before.record,
    after: after.record,
    total: differences.length,
    differences: differences.slice(0, MAX_ROWS).map((difference) => ({
      ...presentTraceback(difference.traceback, query),
      sizeBytes: difference.size,
      sizeDiffBytes: difference.sizeDiff,
      count: difference.count,
      countDiff: difference.countDiff,
    })),
    cautions: cautions(before.profile.metadata, after.profile.metadata),
  };
}

function filtered(
  profile: Profile,
  { filters = [] }: StatisticsQuery,
  positions: PositionResolver,
): Snapshot {
  const lines = createSourceLines((file) => positions.sourceText(file) ?? readSourceFile(file));
  return new Snapshot(profile, lines).filterTraces(filters.map(toFilter));
}

function toFilter({ inclusive, filenamePattern, lineno, allFrames, domain }: TraceFilterWish): Filter {
  const number = domain && (domain === 'heap' ? HEAP_DOMAIN : EXTERNAL_DOMAIN);
  return new Filter(inclusive, filenamePattern, lineno, allFrames, number);
}

function presentTraceback(traceback: Traceback, { formatted = false }: StatisticsQuery) {
  return {
    traceback: Array.from(traceback, ({ filename, lineno }) => ({ file: filename, line: lineno })),
    ...(formatted && { formatted: traceback.format() }),
  };
}
