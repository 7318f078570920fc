// At the start: whether the run before this one, of the same program, died, and of what. What it left is told once: whoever finds
// it takes it away. Its last profile becomes a kept snapshot.
import { join } from 'node:path';
import { createPackageVersions, createPositionResolver } from '../../heap/index.ts';
import { isRunning } from '../../host/index.ts';
import { writeProfile } from '../../profile/index.ts';
import type { Log } from '../log.ts';
import type { PreviousRun } from '../monitor.ts';
import { describeSite } from '../profiling/describe.ts';
import { MAX_SNAPSHOTS } from '../profiling/kept-snapshots.ts';
import { openSnapshotFolder } from '../profiling/snapshot-folder.ts';
import type { KernelCounts } from './cause.ts';
import { examineRun, type Remains } from './examine-run.ts';
import { readStart } from './journal.ts';
import { claimRun, listRuns, removeFiles, runFiles, runsFolder } from './run-files.ts';
import { type Death, deathSentence } from './sentence.ts';

export interface PreviousRunOptions {
  /** The data directory, or the folder that `plimsoll run` keeps for the program. */
  readonly place: string;
  readonly program: string;
  readonly counts: KernelCounts;
  readonly log: Log;
}

/** Undefined where every earlier run ended well or still runs. Of several that died, the one of memory, or else the newest. */
export function takePreviousRun(options: PreviousRunOptions): PreviousRun | undefined {
  const deaths = endedRuns(options).flatMap((run) => takeOne(options, run) ?? []);
  const found = deaths.findLast(({ cause }) => cause !== 'killed') ?? deaths.at(-1);
  if (found) tell(found, options.log);
  return found;
}

/** A container that is stopped is often killed: that is no warning. */
function tell({ cause, sentence }: PreviousRun, log: Log): void {
  log(cause === 'killed' ? 'info' : 'warning', 'previous run died', { reason: sentence, cause });
}

/** Oldest first. */
function endedRuns({ place, program }: PreviousRunOptions): readonly string[] {
  const folder = runsFolder(place);
  return listRuns(folder).filter((run) => {
    const start = readStart(runFiles(folder, run));
    return start?.program === program && !isRunning(start);
  });
}

function takeOne({ place, counts, log }: PreviousRunOptions, run: string): PreviousRun | undefined {
  const folder = runsFolder(place);
  const knowledge = { positions: createPositionResolver(), packages: createPackageVersions() };
  const remains = examineRun({ folder, run, counts, knowledge });
  if (!claimRun(folder, run)) return undefined;
  if (remains?.death) saveProfile(place, remains, log);
  removeFiles(runFiles(folder, run));
  return remains?.death && describe(remains, remains.death, knowledge.packages);
}

/** Answers where the file is; undefined for a run without a profile. The same run gets the same name. */
export function saveProfile(place: string, { saved }: Remains, log: Log): string | undefined {
  if (!saved) return undefined;
  const path = join(place, 'profiles');
  const encoded = writeProfile(saved.profile, 'json', { compress: true });
  return openSnapshotFolder(path, log).save(saved.id, encoded, MAX_SNAPSHOTS);
}

function describe(
  { journal, lastSeenAtSeconds, saved }: Remains,
  death: Death,
  packages: ReturnType<typeof createPackageVersions>,
): PreviousRun {
  const { sites, ...figures } = death;
  return {
    ...figures,
    pid: journal.start.pid,
    startedAtSeconds: journal.start.startedAtSeconds,
    lastSeenAtSeconds,
    sentence: `previous run ${deathSentence(death)}`,
    growingSites: sites.map((each) => ({ ...each, site: describeSite(each.site, packages) })),
    ...(saved && { snapshotId: saved.id }),
  };
}
