// A heap that was full, and the process lives on: what V8 wrote at the limit is no account of a death then, but a snapshot to look at.
// The application's thread sets it aside (service/last-gasp.ts) once the heap is well below its limit again.
import { existsSync, rmSync, statSync } from 'node:fs';
import type { Seconds } from '../units/index.ts';
import type { EngineParts } from './parts.ts';
import { aboutNearLimit, type OwnRun, readExported } from './previous-run/index.ts';
import type { SnapshotKeeping } from './profiling/snapshot-keeping.ts';
import { startSchedule } from './schedule.ts';

const LOOK_SECONDS: Seconds = 1;

/** Until the returned function is called. `keeping`: undefined where nothing was ever traced. */
export function keepOutlived(
  { clock, log }: Pick<EngineParts, 'clock' | 'log'>,
  ownRun: OwnRun,
  keeping: () => SnapshotKeeping | undefined,
): () => void {
  const look = (): void => {
    const snapshots = keeping();
    if (!snapshots || !existsSync(ownRun.files.outlivedProfile)) return;
    try {
      const id = keepOne(ownRun, snapshots);
      log('warning', 'the heap was at its limit, and the process lives on', { snapshot: id ?? 'unreadable' });
    } catch (error) {
      void schedule.stop();
      log('warning', 'the profile of a full heap cannot be kept', { reason: String(error) });
    }
  };
  const schedule = startSchedule({ clock, intervalSeconds: () => LOOK_SECONDS, run: look });
  return () => void schedule.stop();
}

/** Answers the snapshot's id; undefined where the profile cannot be read. Throws the file system's errors. */
function keepOne({ files, start }: OwnRun, keeping: SnapshotKeeping): string | undefined {
  const { outlivedProfile } = files;
  const atSeconds = statSync(outlivedProfile).mtimeMs / 1000;
  const about = aboutNearLimit(start, { rssBytes: process.memoryUsage.rss(), atSeconds });
  const profile = readExported(outlivedProfile, files, about, keeping.knowledge);
  rmSync(outlivedProfile);
  return profile && keeping.keep(profile, 'near-limit').id;
}
