// What a program that was left to die leaves behind, as its next start would read it.
import { readFileSync } from 'node:fs';
import { createPackageVersions, createPositionResolver, parseExportedProfile } from '../../src/heap/index.ts';
import {
  deathSentence,
  examineRun,
  listRuns,
  type Remains,
  runFiles,
  runsFolder,
} from '../../src/monitor/previous-run/index.ts';
import { allocationSites, readProfile } from '../../src/profile/index.ts';
import { type DyingOptions, type DyingProgram, dyingProgram } from '../../test/last-gasp/dying-program.ts';

/** As it is installed: from the sources, the monitor's thread would take seconds to begin. */
const REGISTER = new URL('../../dist/register.js', import.meta.url).href;
/** The tests sample and check more often than the defaults, which count here. */
export const DEFAULTS = {
  MONITORING_SAMPLE_INTERVAL: '10',
  HEALTH_CHECK_INTERVAL: '60',
  HEALTH_CHECK_COOLDOWN: '30',
};

/** In every program this function leaks, and nothing else grows. */
const LEAK = 'remember';

export interface Outcome {
  readonly signal: string | null;
  readonly seconds: number;
  /** What is left says that this function grew most. */
  readonly named: boolean;
  /** The native export left its profile. */
  readonly exported: boolean;
  /** The watch of the monitor's thread left one that names the function, whatever the export did. */
  readonly watched: boolean;
  readonly sentence: string;
}

export function installedProgram(code: string, options: DyingOptions): DyingProgram {
  return dyingProgram(code, { ...options, register: REGISTER });
}

export function remainsOf(program: DyingProgram): Remains | undefined {
  const folder = runsFolder(program.dataDir);
  const knowledge = { positions: createPositionResolver(), packages: createPackageVersions() };
  return listRuns(folder)
    .map((run) => examineRun({ folder, run, counts: {}, knowledge }))
    .find((remains) => remains !== undefined);
}

/** Runs the program to its end. */
export async function die(program: DyingProgram): Promise<Outcome> {
  const startedMs = performance.now();
  const { signal } = await program.start(DEFAULTS).ended;
  const seconds = (performance.now() - startedMs) / 1000;
  const death = remainsOf(program)?.death;
  return {
    signal,
    seconds,
    named: death?.sites[0]?.site.functionName === LEAK,
    ...profilesOf(program),
    sentence: death ? deathSentence(death, program.folder) : 'nothing',
  };
}

function profilesOf({ dataDir }: DyingProgram): Pick<Outcome, 'exported' | 'watched'> {
  const folder = runsFolder(dataDir);
  const files = listRuns(folder).map((run) => runFiles(folder, run));
  return {
    exported: files.some(({ exportedProfile }) => reads(exportedProfile, parseExportedProfile)),
    watched: files.some(({ nearLimitProfile }) => reads(nearLimitProfile, namesLeak)),
  };
}

function namesLeak(text: string): boolean {
  return allocationSites(readProfile(Buffer.from(text)), 1)[0]?.functionName === LEAK;
}

function reads(file: string, read: (text: string) => unknown): boolean {
  try {
    return read(readFileSync(file, 'utf8')) !== false;
  } catch {
    return false;
  }
}
