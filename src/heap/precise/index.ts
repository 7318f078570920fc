export { type CoversFile, coveredFiles } from './covered-files.ts';
export { keepSites } from './kept-sites.ts';
export { type PreciseMode, startPreciseMode } from './load-hook.ts';
