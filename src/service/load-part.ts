// Parts of the monitor that not every service needs, loaded when they are: each module costs the application some 0.3 ms of its
// start, and memory for good. At once and not with import(), because the application must not run before they do, and what
// awaits could not be loaded by --require.
import { createRequire } from 'node:module';

// From the sources in development, from the build in the package.
const EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

const require = createRequire(import.meta.url);

/** @param path from this folder, without its extension. */
export function loadPart<Part>(path: string): Part {
  return require(`${path}.${EXTENSION}`) as Part;
}
