// The files of one run of a program in a folder that several runs share: its journal, and the profiles of a heap near its limit.
import { randomBytes } from 'node:crypto';
import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Seconds } from '../../units/index.ts';

export interface RunFiles {
  /** What is being written; its older half stands under `olderJournal`. */
  readonly journal: string;
  readonly olderJournal: string;
  /** By the native part of the sampler, at the limit itself: V8's own tree. */
  readonly exportedProfile: string;
  /** The same, once the process has outlived it. */
  readonly outlivedProfile: string;
  /** By the monitor's thread, on the way to the limit: a profile in Plimsoll's JSON. */
  readonly nearLimitProfile: string;
  /** In precise mode, as files are loaded: what it takes to read V8's own tree. */
  readonly preciseSites: string;
}

/** Environment variable: where evidence goes for want of a data directory, set by `plimsoll run`. */
export const RUN_PLACE_VARIABLE = 'MONITORING_RUN_PLACE';

const JOURNAL = '.journal';
const SUFFIXES = {
  older: '.journal.older',
  exported: '.exported.json',
  outlived: '.outlived.json',
  near: '.near-limit.json',
  sites: '.precise-sites',
} as const;

/** Below the data directory, or below the folder that `plimsoll run` keeps for the program. */
export function runsFolder(place: string): string {
  return join(place, 'runs');
}

/** Names sort by time. Two monitors in one process are two runs. */
export function newRun(
  atSeconds: Seconds,
  random: () => string = () => randomBytes(3).toString('hex'),
): string {
  return `${Math.round(atSeconds * 1000).toString(36)}-${random()}`;
}

export function runFiles(folder: string, run: string): RunFiles {
  const file = (suffix: string): string => join(folder, run + suffix);
  return {
    journal: file(JOURNAL),
    olderJournal: file(SUFFIXES.older),
    exportedProfile: file(SUFFIXES.exported),
    outlivedProfile: file(SUFFIXES.outlived),
    nearLimitProfile: file(SUFFIXES.near),
    preciseSites: file(SUFFIXES.sites),
  };
}

/** Oldest first; empty where there is no such folder. */
export function listRuns(folder: string): readonly string[] {
  return [...new Set(namesIn(folder).map((name) => name.slice(0, name.indexOf('.'))))].sort();
}

/** One caller of all that try gets it. What it told is read before; what is left goes with `removeFiles`. */
export function claimRun(folder: string, run: string): boolean {
  const { journal, olderJournal } = runFiles(folder, run);
  try {
    renameSync(journal, olderJournal);
    return true;
  } catch {
    return false;
  }
}

export function removeFiles(files: RunFiles): void {
  for (const file of Object.values(files)) rmSync(file, { force: true });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
