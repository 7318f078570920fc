// V8's compilers copy small functions into their callers, and the sampler then bills the caller for what the callee
// allocates: in a tight loop that leaks, all of it stands at an innocent function. While profiling is on, no function is copied.
import { setFlagsFromString } from 'node:v8';

const COMPILERS = ['turbo-inlining', 'maglev-inlining'] as const;

/** For code that is compiled from now on; returns what undoes it. What the command line already says is left alone. */
export function disableInlining(commandLine: readonly string[] = process.execArgv): () => void {
  const set = COMPILERS.filter((flag) => !mentions(commandLine, flag));
  for (const flag of set) setFlagsFromString(`--no-${flag}`);
  return () => {
    for (const flag of set) setFlagsFromString(`--${flag}`);
  };
}

function mentions(commandLine: readonly string[], flag: string): boolean {
  const spelled = [flag, flag.replace('-', '_')].flatMap((name) => [
    `--${name}`,
    `--no-${name}`,
    `--no${name}`,
  ]);
  return commandLine.some((argument) => spelled.includes(argument));
}
