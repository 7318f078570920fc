// What the engine answers of its snapshots; the same questions have an answer while profiling is off.
import { cautions } from '../../profile/cautions.ts';
import { Snapshot, writeProfile } from '../../profile/index.ts';
import type { Monitor, SnapshotComparison } from '../monitor.ts';
import type { KeptSnapshots } from './kept-snapshots.ts';
import type { Profiling } from './profiling.ts';

type SnapshotAnswers = Pick<
  Monitor,
  'profiling' | 'takeSnapshot' | 'snapshot' | 'snapshotFile' | 'encodedSnapshots' | 'compareSnapshots'
>;

const HOW_TO_ENABLE = 'set MONITORING_TRACEMALLOC_ENABLED=true and start again';

const OFF: SnapshotAnswers = {
  profiling: () => ({ kind: 'disabled', howToEnable: HOW_TO_ENABLE }),
  takeSnapshot: async () => ({ kind: 'disabled' }),
  snapshot: () => undefined,
  snapshotFile: () => undefined,
  encodedSnapshots: () => [],
  compareSnapshots: () => undefined,
};

export function createSnapshotAnswers(profiling: Profiling | undefined): SnapshotAnswers {
  if (!profiling) return OFF;
  const kept = profiling.snapshots();
  return {
    profiling: () => ({
      kind: 'on',
      report: profiling.report(),
      snapshots: kept.list(),
      growingSites: profiling.growingSites(),
    }),
    takeSnapshot: (trigger) => profiling.take(trigger),
    snapshot: (id) => profiling.whole(id),
    snapshotFile(id, format) {
      const found = kept.find(id);
      return found && writeProfile(found.profile, format);
    },
    encodedSnapshots: () => kept.encoded(),
    compareSnapshots: (a, b, key) => compare(kept, [a, b], key),
  };
}

/** What one answer shows; the rest are differences of single samples. */
const MAX_DIFFERENCES = 500;

function compare(
  kept: KeptSnapshots,
  ids: readonly string[],
  key: Parameters<Monitor['compareSnapshots']>[2],
): SnapshotComparison | undefined {
  // Whichever way round they were named, growth is from the earlier to the later.
  const found = ids.map((id) => kept.find(id));
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
