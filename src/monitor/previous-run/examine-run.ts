// What a run that has ended left behind, put together: why it ended, how near its limits it was, what grew, and its last profile.
import { statSync } from 'node:fs';
import { type Profile, present, totalBytes } from '../../model/index.ts';
import type { Bytes, Seconds } from '../../units/index.ts';
import type { SourceKnowledge } from '../profiling/mapped-profile.ts';
import { snapshotIds } from '../profiling/snapshot-id.ts';
import { causeOfDeath, type KernelCounts, lastHeapUse, memoryUse } from './cause.ts';
import { type Journal, readJournal } from './journal.ts';
import { type RunFiles, runFiles } from './run-files.ts';
import { aboutNearLimit, readSavedProfile, type SavedProfile } from './saved-profile.ts';
import type { Death } from './sentence.ts';
import { grownParts, grownSites } from './what-grew.ts';

export interface Remains {
  readonly journal: Journal;
  /** Absent for a run that ended by itself, or as it was told. */
  readonly death?: Death;
  readonly lastSeenAtSeconds: Seconds;
  readonly saved?: { readonly id: string; readonly profile: Profile };
}

export interface ExamineOptions {
  readonly folder: string;
  readonly run: string;
  /** What the kernel has counted by now, where its counts are those of the run. */
  readonly counts: KernelCounts;
  readonly knowledge: SourceKnowledge;
}

/** Undefined for a run of which nothing can be read. Reads, and changes nothing. */
export function examineRun({ folder, run, counts, knowledge }: ExamineOptions): Remains | undefined {
  const files = runFiles(folder, run);
  const journal = readJournal(files);
  if (!journal) return undefined;
  const profileAtSeconds = writtenAt(files);
  const rssBytes = journal.samples.at(-1)?.rssBytes ?? 0;
  const about = aboutNearLimit(journal.start, { rssBytes, atSeconds: profileAtSeconds });
  const saved = readSavedProfile(files, about, knowledge);
  const exported = saved?.exported === true && !livedOn(journal, profileAtSeconds);
  const cause = causeOfDeath({ journal, exported, counts });
  return {
    journal,
    lastSeenAtSeconds: Math.max(journal.samples.at(-1)?.atSeconds ?? 0, profileAtSeconds ?? 0),
    ...(cause && { death: deathOf(journal, cause, saved) }),
    ...(saved && { saved: { id: snapshotIds()(profileAtSeconds ?? 0), profile: saved.profile } }),
  };
}

/** The export takes less than this; then V8 ends the process, or it is outlived. */
const MOST_DYING_SECONDS: Seconds = 60;

function livedOn({ samples }: Journal, profileAtSeconds: Seconds | undefined): boolean {
  const lastSeenAt = samples.at(-1)?.atSeconds;
  if (lastSeenAt === undefined || profileAtSeconds === undefined) return false;
  return lastSeenAt - profileAtSeconds > MOST_DYING_SECONDS;
}

function deathOf(journal: Journal, cause: Death['cause'], saved: SavedProfile | undefined): Death {
  const last = journal.samples.at(-1);
  return {
    cause,
    heapLimitBytes: journal.start.heapLimitBytes,
    sites: grownSites(journal.siteReadings, saved?.profile),
    ...present({
      heapUsedBytes: heapUsed(journal, saved),
      rssBytes: last && memoryUse(last),
      cgroupLimitBytes: last?.cgroupLimitBytes,
      parts: grownParts(journal),
    }),
  };
}

/** At the limit nothing may have looked for a while: JSON.parse of something huge fills a heap between two looks. */
function heapUsed(journal: Journal, saved: SavedProfile | undefined): Bytes | undefined {
  const seen = lastHeapUse(journal);
  return saved?.exported ? Math.max(seen ?? 0, totalBytes(saved.profile)) : seen;
}

function writtenAt({ exportedProfile, nearLimitProfile }: RunFiles): Seconds | undefined {
  for (const file of [exportedProfile, nearLimitProfile]) {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat) return stat.mtimeMs / 1000;
  }
  return undefined;
}
