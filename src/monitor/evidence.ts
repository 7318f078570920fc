// What this run leaves for the next one while it lasts: its journal, and the profile of a heap on its way to its limit.
import { renameSync, writeFileSync } from 'node:fs';
import type { Profile } from '../model/index.ts';
import { writeProfile } from '../profile/index.ts';
import type { Bytes } from '../units/index.ts';
import { keepOutlived } from './outlived-limit.ts';
import type { EngineParts } from './parts.ts';
import { type JournalWriter, keepJournal, openJournal } from './previous-run/index.ts';
import type { OwnRun } from './previous-run/own-run.ts';
import { watchNearLimit } from './profiling/near-limit-watch.ts';
import type { Tracing } from './profiling/tracing.ts';
import type { Sampling } from './sampling.ts';

export interface EvidenceOptions {
  readonly parts: EngineParts;
  readonly sampling: Pick<Sampling, 'latest'>;
  readonly tracing: Pick<Tracing, 'profiling' | 'keeping'>;
}

/** Until the returned function is called; nothing without a place for it. */
export function startEvidence({ parts, sampling, tracing }: EvidenceOptions): () => void {
  const { ownRun, clock, heap } = parts;
  if (!ownRun) return () => {};
  const journal = openJournal(ownRun.files, ownRun.start, (error) => tellFailure(parts, error));
  const stopJournal = keepJournal({
    journal,
    clock,
    heap,
    rssBytes: () => process.memoryUsage.rss(),
    latest: sampling.latest,
    siteReadings: () => {
      // Samples may be far apart, and a young heap is seldom collected.
      tracing.profiling()?.catchUp();
      return tracing.profiling()?.siteReadings() ?? [];
    },
  });
  const stopWatch = watchHeap(parts, ownRun, tracing, journal);
  const stopKeeping = keepOutlived(parts, ownRun, tracing.keeping);
  return () => {
    stopKeeping();
    stopWatch();
    stopJournal();
  };
}

function watchHeap(
  parts: EngineParts,
  { files, start }: OwnRun,
  tracing: EvidenceOptions['tracing'],
  journal: JournalWriter,
): () => void {
  const { clock, heap } = parts;
  const save = (profile: Profile): void => {
    try {
      saveWhole(files.nearLimitProfile, writeProfile(profile, 'json'));
    } catch (error) {
      tellFailure(parts, error);
    }
  };
  return watchNearLimit({
    clock,
    limitBytes: start.heapLimitBytes,
    usedBytes: async (ageSeconds): Promise<Bytes | undefined> =>
      heap.usedBytes ? heap.usedBytes(ageSeconds) : (await heap.read())?.usedBytes,
    capture: async (look) => {
      journal.write({ kind: 'heap', ...look });
      await tracing.profiling()?.captureNearLimit(save);
    },
  });
}

/** The process may be gone in the next instant: written at once, and never half. */
function saveWhole(file: string, content: Uint8Array): void {
  writeFileSync(`${file}.partial`, content, { mode: 0o600 });
  renameSync(`${file}.partial`, file);
}

function tellFailure({ log }: EngineParts, error: unknown): void {
  log('warning', 'evidence of this run cannot be written', { reason: String(error) });
}
