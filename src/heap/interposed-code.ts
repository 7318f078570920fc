// Code of ours that runs in the midst of the application's: the hooks of buffers, and what rewrites modules as they are loaded. What it
// allocates counts for whoever called it, so that a module that is loaded anew for ever stands where it is loaded.
const FOLDERS = ['buffers', 'padding', 'precise', 'rewriting'].map(
  (folder) => new URL(`./${folder}/`, import.meta.url).href,
);

/** Of a file as V8 prints it. */
export function isInterposed(file: string): boolean {
  return FOLDERS.some((folder) => file.startsWith(folder));
}
