// The command that the native part of the sampler starts when the heap is full, with the path of a temporary file as its last
// argument. That file is the profile, and is deleted when the command has ended. The process waits for it, at its limit, so it
// has to be quick and small: a shell's copy takes a few milliseconds, where another Node.js would take fifty, some 40 MB, and
// everything in NODE_OPTIONS with it.
import { existsSync } from 'node:fs';

const SHELL = '/bin/sh';

/** Renamed when it is whole: nobody ever reads half a profile. */
const KEEP = 'cp "$1" "$0.partial" && mv "$0.partial" "$0"';

/** Undefined where there is no shell. */
export function exportCommand(file: string, shell: string = SHELL): readonly string[] | undefined {
  return existsSync(shell) ? [shell, '-c', KEEP, file] : undefined;
}
