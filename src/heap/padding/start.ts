// Padding at work: the functions of every module, the packages' too, as they are loaded. Node.js's own functions are not among
// them: V8 goes on copying those into their callers, which is most of what inlining is worth to a service, and what they allocate
// may stand at the function of the application that called them. One file that cannot be padded costs all that: V8's inlining is
// then switched off for the whole process, because a report that blames the caller is worse than a slower service.
import { everyFile } from '../rewriting/covered-files.ts';
import { type ModuleRewriting, rewriteModules } from '../rewriting/load-hook.ts';
import type { LoadedFile } from '../rewriting/site-table.ts';
import { createFunctionFinder } from './find-functions.ts';
import { showTextAsWritten } from './function-text.ts';
import { padFunctions } from './pad.ts';

export interface PaddingOptions {
  readonly tell: (file: LoadedFile) => void;
  /** Answers how to allow it again. */
  readonly disableInlining: () => () => void;
}

/** For what this thread loads from now on. */
export function startPadding({ tell, disableInlining }: PaddingOptions): ModuleRewriting {
  const find = createFunctionFinder();
  showTextAsWritten();
  let allowInlining: (() => void) | undefined;
  const rewriting = rewriteModules({
    covers: everyFile,
    rewrite: (text, goal, path) =>
      padFunctions(text, goal, find, { isOwn: !path.includes('/node_modules/') }),
    tell(file) {
      if (file.kind === 'left-alone') allowInlining ??= disableInlining();
      tell(file);
    },
  });
  return {
    stop() {
      rewriting.stop();
      allowInlining?.();
    },
  };
}
