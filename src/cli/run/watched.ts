// A program that runs, and what is said when it dies.
import type { Settings } from '../../config/index.ts';
import type { Io } from '../command.ts';
import { watchForDeath } from './death.ts';
import { watchOomKills } from './oom-kills.ts';
import { type ProgramEnd, runProgram } from './program.ts';

export interface WatchedRun {
  readonly program: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where its evidence goes; nowhere when absent. */
  readonly place: string | undefined;
  readonly settings: Settings;
}

export interface WatchedEnd extends ProgramEnd {
  /** The kernel killed for memory meanwhile. */
  readonly oomKillsRose: boolean;
}

/** Throws PROGRAM_NOT_STARTED. */
export async function runWatched({ program, env, place, settings }: WatchedRun, io: Io): Promise<WatchedEnd> {
  const oomKills = watchOomKills(settings);
  const death = place === undefined ? undefined : watchForDeath(place, io);
  const end = await runProgram(program, env, io);
  const { counts, rose } = oomKills();
  death?.tell(end, counts.hostOomKills);
  return { ...end, oomKillsRose: rose };
}
