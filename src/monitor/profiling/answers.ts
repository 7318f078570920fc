// What the engine answers of its snapshots and of tracing; the same questions have an answer while nothing is traced.
import { present } from '../../model/index.ts';
import { cautions } from '../../profile/cautions.ts';
import { Snapshot, writeProfile } from '../../profile/index.ts';
import type { Monitor, ProfilingState, SnapshotComparison, SnapshotRecord } from '../monitor.ts';
import type { KeptSnapshots } from './kept-snapshots.ts';
import type { Tracing } from './tracing.ts';

export type SnapshotAnswers = Pick<
  Monitor,
  | 'profiling'
  | 'takeSnapshot'
  | 'snapshot'
  | 'snapshotFile'
  | 'sourceExcerpt'
  | 'encodedSnapshots'
  | 'compareSnapshots'
  | 'tracemalloc'
>;

const HOW_TO_ENABLE =
  'set MONITORING_TRACEMALLOC_ENABLED=true and start again, or POST /api/monitoring/tracemalloc/start to begin now';

/** Kept snapshots are there whether or not anything is traced now. */
export function createSnapshotAnswers(tracing: Tracing): SnapshotAnswers {
  const kept = (): KeptSnapshots | undefined => tracing.keeping()?.kept;
  return {
    profiling: () => profilingState(tracing, kept()?.list() ?? []),
    takeSnapshot: async (trigger) => tracing.profiling()?.take(trigger) ?? { kind: 'disabled' },
    snapshot: (id) => tracing.keeping()?.whole(id),
    snapshotFile(id, format) {
      const found = kept()?.find(id);
      return found && writeProfile(found.profile, format);
    },
    sourceExcerpt: (id, place) => tracing.keeping()?.excerpt(id, place),
    encodedSnapshots: () => kept()?.encoded() ?? [],
    compareSnapshots: (a, b, key) => compare(kept(), [a, b], key),
    tracemalloc: {
      state: tracing.state,
      order: tracing.order,
      tracedMemory: async () => tracing.profiling()?.tracedMemory(),
      resetPeak: () => tracing.profiling()?.resetPeak(),
      heldBytes: tracing.heldBytes,
    },
  };
}

function profilingState(tracing: Tracing, snapshots: readonly SnapshotRecord[]): ProfilingState {
  const profiling = tracing.profiling();
  if (!profiling) return { kind: 'disabled', howToEnable: HOW_TO_ENABLE, snapshots };
  return {
    kind: 'on',
    report: profiling.report(),
    snapshots,
    growingSites: profiling.growingSites(),
    ...present({ buffers: profiling.buffers() }),
  };
}

/** What one answer shows; the rest are differences of single samples. */
const MAX_DIFFERENCES = 500;

function compare(
  kept: KeptSnapshots | undefined,
  ids: readonly string[],
  key: Parameters<Monitor['compareSnapshots']>[2],
): SnapshotComparison | undefined {
  // Whichever way round they were named, growth is from the earlier to the later.
  const found = ids.map((id) => kept?.find(id));
  const [before, after] = found.toSorted((x, y) => (x?.record.atSeconds ?? 0) - (y?.record.atSeconds ?? 0));
  if (!before || !after) return undefined;
  const differences = new Snapshot(after.profile).compareTo(new Snapshot(before.profile), key);
  return {
    before: before.record,
    after: after.record,
    total: differences.length,
    differences: differences.slice(0, MAX_DIFFERENCES).map((difference) => ({
      traceback: Array.from(difference.traceback, ({ filename, lineno }) => ({
        file: filename,
        line: lineno,
      })),
      sizeBytes: difference.size,
      sizeDiffBytes: difference.sizeDiff,
      count: difference.count,
      countDiff: difference.countDiff,
    })),
    cautions: cautions(before.profile.metadata, after.profile.metadata),
  };
}
