// What `plimsoll run` says on stderr of a program that died, out of the journals that its processes left; and the word that it
// writes into those journals of how they ended, so that the next start need not guess.
import { constants } from 'node:os';
import { createPackageVersions, createPositionResolver } from '../../heap/index.ts';
import { isRunning } from '../../host/index.ts';
import { placeFrom, present } from '../../model/index.ts';
import { createLog } from '../../monitor/log.ts';
import {
  appendEnd,
  type Death,
  deathSentence,
  examineRun,
  isHeap,
  listRuns,
  type Remains,
  readStart,
  runFiles,
  runsFolder,
  saveProfile,
} from '../../monitor/previous-run/index.ts';
import { formatBytes, formatDuration } from '../../units/index.ts';
import type { Io } from '../command.ts';
import { printable } from '../output.ts';
import { SHELL_SIGNAL_BASE } from './exit-reason.ts';
import type { ProgramEnd } from './program.ts';

export interface DeathWatch {
  /** Prints nothing where the program ended well. */
  tell(end: ProgramEnd, hostOomKills: number | undefined): void;
}

/** Before the program starts: the runs that are there by now are not its own. */
export function watchForDeath(place: string, io: Pick<Io, 'stderr'>): DeathWatch {
  const folder = runsFolder(place);
  const before = new Set(listRuns(folder));
  return {
    tell(end, hostOomKills) {
      const ended = listRuns(folder).filter((run) => !before.has(run) && hasEnded(folder, run));
      for (const run of ended) noteEnd(folder, run, end, hostOomKills);
      const deaths = ended.flatMap((run) => deathOf(folder, run) ?? []);
      const worst = deaths.find(({ death }) => death.cause !== 'killed') ?? deaths.at(-1);
      if (worst) io.stderr.write(linesOf(worst, end, savedFile(place, worst, io)));
    },
  };
}

function hasEnded(folder: string, run: string): boolean {
  const start = readStart(runFiles(folder, run));
  return start !== undefined && !isRunning(start);
}

function noteEnd(folder: string, run: string, end: ProgramEnd, hostOomKills: number | undefined): void {
  const files = runFiles(folder, run);
  const signal = end.asked ? undefined : signalOf(end);
  try {
    appendEnd(files, { atSeconds: Date.now() / 1000, ...present({ hostOomKills, signal }) });
  } catch {
    // A disk that is full by now: the next start judges by what is there.
  }
}

/** The program's own, or that of a process below it as a shell or a package manager passes it on. */
function signalOf({ code, signal }: ProgramEnd): string | undefined {
  const number = (code ?? 0) - SHELL_SIGNAL_BASE;
  return signal ?? Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
}

interface Dead extends Remains {
  readonly death: Death;
}

function deathOf(folder: string, run: string): Dead | undefined {
  const knowledge = { positions: createPositionResolver(), packages: createPackageVersions() };
  const remains = examineRun({ folder, run, counts: {}, knowledge });
  return remains?.death && { ...remains, death: remains.death };
}

function savedFile(place: string, dead: Dead, { stderr }: Pick<Io, 'stderr'>): string | undefined {
  return saveProfile(
    place,
    dead,
    createLog(
      (line) => stderr.write(line),
      () => Date.now() / 1000,
    ),
  );
}

/** What a person reads at once; the rest is in the profile. */
const SITES_SHOWN = 3;

function linesOf({ death, journal }: Dead, end: ProgramEnd, file: string | undefined): string {
  const how = end.signal ?? `status ${end.code}`;
  const others = isHeap(death) ? death.sites.slice(1, SITES_SHOWN) : [];
  return [
    `process ${journal.start.pid} ${deathSentence(death)} (${how}, after ${formatDuration(end.durationSeconds)})`,
    ...others.map((each) => `  ${Math.round(each.share * 100)} % ${placeFrom(process.cwd(), each.site)}`),
    ...grownLine(death),
    ...(file === undefined
      ? []
      : [`its last profile is ${file} (plimsoll diff, or its next start, reads it)`]),
  ]
    .map((line) => `plimsoll: ${printable(line)}\n`)
    .join('');
}

const PARTS = { heapBytes: 'JavaScript heap', externalBytes: 'buffers', nativeBytes: 'native' } as const;

/** What shrank is no reason to die. */
function grownLine({ parts }: Death): readonly string[] {
  const grown = Object.entries(PARTS).flatMap(([part, name]) => {
    const bytes = parts?.[part as keyof typeof PARTS] ?? 0;
    return bytes > 0 ? [`${name} +${formatBytes(bytes)}`] : [];
  });
  if (!parts || grown.length === 0) return [];
  return [`grown in its last ${formatDuration(parts.overSeconds)}: ${grown.join(', ')}`];
}
