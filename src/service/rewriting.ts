// What is done to the application's modules as they are loaded, by parts that are loaded for it: they and their parser would cost
// every other service some of its start.
import type { Settings } from '../config/index.ts';
import type { LoadedFile } from '../heap/index.ts';
import type { ModuleRewriting } from '../heap/rewriting/load-hook.ts';
import { disableInlining } from '../heap/sampler/inlining.ts';
import type { Inlining, SamplerState } from '../heap/sampler/sampler.ts';
import { loadPart } from './load-part.ts';

/** It crosses to the application's worker threads. */
export type Rewriting =
  | {
      readonly kind: 'precise';
      /** Which files, as MONITORING_TRACEMALLOC_FILES says it. */
      readonly globs: readonly string[] | undefined;
      /** What the globs are relative to. */
      readonly folder: string;
    }
  | { readonly kind: 'padding' };

/** What the settings ask for, in a service that has loaded nothing yet (`beforeApplication`) or has. */
export function rewritingOf(settings: Settings, beforeApplication: boolean): Rewriting | undefined {
  const { tracemallocEnabled, tracemallocPrecise, tracemallocInlining, tracemallocPadding } = settings;
  if (!tracemallocEnabled) return undefined;
  if (tracemallocPrecise) return { kind: 'precise', globs: settings.tracemallocFiles, folder: process.cwd() };
  // What has been loaded cannot be padded any more.
  return tracemallocPadding && !tracemallocInlining && beforeApplication ? { kind: 'padding' } : undefined;
}

export function inliningOf({ tracemallocInlining }: Settings, rewriting: Rewriting | undefined): Inlining {
  if (rewriting?.kind === 'padding') return 'padded';
  // Inlined, the functions that precise mode makes would be none.
  return tracemallocInlining && rewriting?.kind !== 'precise' ? 'kept' : 'off';
}

/** Another profiler's sampler is shown as it is. */
export function rewritingBeside(
  sampler: SamplerState | undefined,
  rewriting: Rewriting | undefined,
): Rewriting | undefined {
  return sampler?.kind === 'foreign' && rewriting?.kind === 'padding' ? undefined : rewriting;
}

/**
 * For modules that this thread loads from now on; undefined where nothing is asked for. `keptIn`: a file for whoever reads the
 * profile that a full heap writes, which may be before the monitor's thread has heard of anything.
 */
export function startRewriting(
  rewriting: Rewriting | undefined,
  tell: (file: LoadedFile) => void,
  keptIn?: string,
): ModuleRewriting | undefined {
  switch (rewriting?.kind) {
    case undefined:
      return undefined;
    case 'precise': {
      const { coveredFiles, startPreciseMode } =
        loadPart<typeof import('../heap/precise/index.ts')>('../heap/precise/index');
      return startPreciseMode({
        covers: coveredFiles(rewriting.globs, rewriting.folder),
        tell: keptIn === undefined ? tell : alsoKeeping(tell, keptIn),
      });
    }
    case 'padding': {
      const { startPadding } = loadPart<typeof import('../heap/padding/index.ts')>('../heap/padding/index');
      return startPadding({
        tell: keptIn === undefined ? tell : alsoKeeping(tell, keptIn),
        disableInlining,
      });
    }
  }
}

function alsoKeeping(tell: (file: LoadedFile) => void, keptIn: string): (file: LoadedFile) => void {
  const { keepSites } = loadPart<typeof import('../heap/rewriting/kept-sites.ts')>(
    '../heap/rewriting/kept-sites',
  );
  return (file) => {
    tell(file);
    if (file.kind === 'rewritten') keepSites(keptIn, file);
  };
}
