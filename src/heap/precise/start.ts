// Precise mode at work: each module of the application is rewritten as it is loaded, so that its allocations have lines.
import type { CoversFile } from '../rewriting/covered-files.ts';
import { type ModuleRewriting, rewriteModules } from '../rewriting/load-hook.ts';
import { loadParser } from '../rewriting/parser.ts';
import type { LoadedFile } from '../rewriting/site-table.ts';
import { rewrite } from './rewrite.ts';

export interface PreciseModeOptions {
  readonly covers: CoversFile;
  readonly tell: (file: LoadedFile) => void;
}

/** For what this thread loads from now on. */
export function startPreciseMode({ covers, tell }: PreciseModeOptions): ModuleRewriting {
  const parse = loadParser();
  return rewriteModules({ covers, tell, rewrite: (text, goal) => rewrite(text, goal, parse) });
}
