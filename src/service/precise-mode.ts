// Precise mode, loaded by those who use it: its parts and its parser would cost every other service some of its start.
import type { Settings } from '../config/index.ts';
import type { LoadedFile } from '../heap/index.ts';
import type { PreciseMode } from '../heap/precise/index.ts';
import { loadPart } from './load-part.ts';

export function isPrecise({ tracemallocEnabled, tracemallocPrecise }: Settings): boolean {
  return tracemallocEnabled && tracemallocPrecise;
}

/**
 * For modules that are loaded from now on; undefined where it is not asked for. `keptIn`: a file for whoever reads the profile
 * that a full heap writes, which may be before the monitor's thread has heard of anything.
 */
export function startPreciseModeIfAsked(
  settings: Settings,
  tell: (file: LoadedFile) => void,
  keptIn: string | undefined,
): PreciseMode | undefined {
  if (!isPrecise(settings)) return undefined;
  const { coveredFiles, keepSites, startPreciseMode } =
    loadPart<typeof import('../heap/precise/index.ts')>('../heap/precise/index');
  return startPreciseMode({
    covers: coveredFiles(settings.tracemallocFiles, process.cwd()),
    tell(file) {
      tell(file);
      if (keptIn !== undefined && file.kind === 'rewritten') keepSites(keptIn, file);
    },
  });
}
