// What the engine answers of its snapshots and of tracing; the same questions have an answer while nothing is traced.
import { present } from '../../model/index.ts';
import { writeProfile } from '../../profile/index.ts';
import type { Monitor, ProfilingState, SnapshotRecord } from '../monitor.ts';
import type { KeptSnapshots } from './kept-snapshots.ts';
import { compareKept, snapshotStatistics } from './snapshot-statistics.ts';
import type { Tracing } from './tracing.ts';

export type SnapshotAnswers = Pick<
  Monitor,
  | 'profiling'
  | 'takeSnapshot'
  | 'snapshot'
  | 'snapshotFile'
  | 'sourceExcerpt'
  | 'encodedSnapshots'
  | 'snapshotStatistics'
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
    snapshotStatistics(id, query) {
      const keeping = tracing.keeping();
      const found = keeping?.kept.find(id);
      return keeping && found && snapshotStatistics(found, query, keeping.knowledge.positions);
    },
    compareSnapshots(a, b, query) {
      const keeping = tracing.keeping();
      const [one, other] = [a, b].map((id) => keeping?.kept.find(id));
      return keeping && one && other && compareKept([one, other], query, keeping.knowledge.positions);
    },
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
