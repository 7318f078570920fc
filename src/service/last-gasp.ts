// What the application's thread does so that its death leaves evidence: it begins the journal of this run, has a full heap write
// its profile, and says at a clean end that it was one.
import { existsSync, renameSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import type { Layers, Settings } from '../config/index.ts';
import { armNearLimitExport } from '../heap/last-gasp/near-limit-export.ts';
import { oldSpaceFlag } from '../heap/old-space-flag.ts';
import type { Sampler } from '../heap/sampler/sampler.ts';
import { beginRun, endRun, type OwnRun, type RunBeginning } from '../monitor/previous-run/own-run.ts';
import { RUN_PLACE_VARIABLE } from '../monitor/previous-run/run-files.ts';
import type { Bytes, Seconds } from '../units/index.ts';
import { flagsOf } from './messages.ts';

export interface LastGasp {
  readonly ownRun: OwnRun;
  /** For each sampler that is started: a full heap writes its profile. */
  readonly arm: (sampler: Sampler) => void;
  /** On the event loop, again and again: a full heap that the process has outlived is set aside, and the next one is awaited. */
  readonly look: () => void;
  /** The monitor is stopped: what comes after it is not watched any more. */
  end(): void;
}

/**
 * Where there is a place for evidence: the data directory, or the folder that `plimsoll run` keeps for the program. Undefined
 * where there is none, or nothing can be written there.
 */
export function prepareLastGasp(layers: Layers, settings: Settings): LastGasp | undefined {
  const place = settings.dataDir || layers.environment?.[RUN_PLACE_VARIABLE];
  const nodeFlags = flagsOf({ layers, nodeFlags: process.execArgv });
  const ownRun = place ? tryBegin(place, beginningOf(settings, nodeFlags)) : undefined;
  if (!ownRun) return undefined;
  const end = (): void => endRun(ownRun);
  process.once('exit', end);
  let armed: Sampler | undefined;
  const arm = (sampler: Sampler): void => {
    armed = sampler;
    armNearLimitExport({ sampler, nodeFlags, file: ownRun.files.exportedProfile });
  };
  const limitBytes = heapLimitBytes();
  return {
    ownRun,
    arm,
    look() {
      if (outlived(ownRun, limitBytes) && setAside(ownRun) && armed?.isRunning()) arm(armed);
    },
    end() {
      process.off('exit', end);
      end();
    },
  };
}

/**
 * As long as the limit is raised, V8 has not seen the heap well below it: to await the limit again would raise it again, and a leak
 * would never end.
 */
function outlived({ files }: OwnRun, limitBytes: Bytes): boolean {
  return existsSync(files.exportedProfile) && heapLimitBytes() <= limitBytes;
}

/** False where the folder takes no names any more: the next profile would have no place either. */
function setAside({ files }: OwnRun): boolean {
  try {
    renameSync(files.exportedProfile, files.outlivedProfile);
    return true;
  } catch {
    return false;
  }
}

const heapLimitBytes = (): Bytes => getHeapStatistics().heap_size_limit;

function beginningOf(settings: Settings, nodeFlags: readonly string[]): RunBeginning {
  const { tracemallocSampleBytes, tracemallocInlining, tracemallocPrecise } = settings;
  return {
    startedAtSeconds: wallSeconds(),
    program: process.argv[1] ?? '',
    heapLimitBytes: oldSpaceFlag(nodeFlags) ?? heapLimitBytes(),
    sampleBytes: tracemallocSampleBytes,
    inlining: tracemallocInlining && !tracemallocPrecise,
  };
}

function tryBegin(place: string, beginning: RunBeginning): OwnRun | undefined {
  try {
    return beginRun(place, beginning);
  } catch {
    // The store of the monitor's thread meets the same folder, and says what is wrong with it.
    return undefined;
  }
}

const wallSeconds = (): Seconds => Date.now() / 1000;
