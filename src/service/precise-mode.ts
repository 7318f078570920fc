// Precise mode, loaded by those who use it: its parts and its parser would cost every other service some of its start.
import type { Settings } from '../config/index.ts';
import type { LoadedFile } from '../heap/index.ts';
import type { ModuleRewriting } from '../heap/rewriting/load-hook.ts';
import { loadPart } from './load-part.ts';

/** Which files are rewritten, as MONITORING_TRACEMALLOC_FILES says it; it crosses to the application's worker threads. */
export interface Coverage {
  readonly globs: readonly string[] | undefined;
  /** What the globs are relative to. */
  readonly folder: string;
}

export function isPrecise({ tracemallocEnabled, tracemallocPrecise }: Settings): boolean {
  return tracemallocEnabled && tracemallocPrecise;
}

/** Undefined where precise mode is not asked for. */
export function coverageOf(settings: Settings): Coverage | undefined {
  return isPrecise(settings) ? { globs: settings.tracemallocFiles, folder: process.cwd() } : undefined;
}

/**
 * For modules that this thread loads from now on; undefined where it is not asked for. `keptIn`: a file for whoever reads the
 * profile that a full heap writes, which may be before the monitor's thread has heard of anything.
 */
export function startPreciseModeIfAsked(
  coverage: Coverage | undefined,
  tell: (file: LoadedFile) => void,
  keptIn?: string,
): ModuleRewriting | undefined {
  if (!coverage) return undefined;
  const { coveredFiles, keepSites, startPreciseMode } =
    loadPart<typeof import('../heap/precise/index.ts')>('../heap/precise/index');
  return startPreciseMode({
    covers: coveredFiles(coverage.globs, coverage.folder),
    tell(file) {
      tell(file);
      if (keptIn !== undefined && file.kind === 'rewritten') keepSites(keptIn, file);
    },
  });
}
