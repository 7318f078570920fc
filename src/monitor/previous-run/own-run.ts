// The beginning and the end of this run, as the next one will read them: from the application's own thread, because a process can
// die before the monitor's thread has begun, and ends without asking it.
import { ownIdentity } from '../../host/running.ts';
import type { Seconds } from '../../units/index.ts';
import { appendEnd, beginJournal } from './journal.ts';
import type { JournalStart } from './journal-line.ts';
import { newRun, prepareRuns, type RunFiles, runFiles, runsFolder } from './run-files.ts';

/** A plain record: it crosses to the monitor's thread. */
export interface OwnRun {
  /** The data directory, or the folder that `plimsoll run` keeps for the program. */
  readonly place: string;
  readonly files: RunFiles;
  readonly start: JournalStart;
}

export type RunBeginning = Omit<JournalStart, 'pid' | 'startTicks'>;

/** Throws the file system's errors: without a place there is no evidence. */
export function beginRun(place: string, about: RunBeginning): OwnRun {
  const start = { ...ownIdentity(), ...about };
  const folder = runsFolder(place);
  prepareRuns(folder);
  const files = runFiles(folder, newRun(start.startedAtSeconds));
  beginJournal(files, start);
  return { place, files, start };
}

/** It ends by itself: the next run has nothing to tell. */
export function endRun({ files }: OwnRun, atSeconds: Seconds): void {
  try {
    appendEnd(files, { atSeconds });
  } catch {
    // The disk is full, or the folder gone: so is the journal.
  }
}
