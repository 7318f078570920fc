// The beginning and the end of this run, as the next one will read them: from the application's own thread, because a process can
// die before the monitor's thread has begun, and ends without asking it.
import { mkdirSync } from 'node:fs';
import { isRunning, ownIdentity } from '../../host/running.ts';
import { beginJournal, readStart } from './journal.ts';
import type { JournalStart } from './journal-line.ts';
import { listRuns, newRun, type RunFiles, removeFiles, runFiles, runsFolder } from './run-files.ts';

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
  // Function names and paths are the application's own business.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeOldest(folder);
  const files = runFiles(folder, newRun(start.startedAtSeconds));
  beginJournal(files, start);
  return { place, files, start };
}

/** It ends by itself: the next run has nothing to tell, and finds nothing. */
export function endRun({ files }: OwnRun): void {
  try {
    removeFiles(files);
  } catch {
    // The folder may not be written to any more: the journal ended there too.
  }
}

/** Processes that are killed again and again, below a service that lives, do not fill the disk. */
const MOST_RUNS = 64;

function removeOldest(folder: string): void {
  const runs = listRuns(folder);
  if (runs.length < MOST_RUNS) return;
  const ended = runs.map((run) => runFiles(folder, run)).filter((files) => !stillRuns(files));
  for (const files of ended.slice(0, runs.length + 1 - MOST_RUNS)) removeFiles(files);
}

function stillRuns(files: RunFiles): boolean {
  const start = readStart(files);
  return start !== undefined && isRunning(start);
}
