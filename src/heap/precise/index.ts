export { type CoversFile, coveredFiles } from '../rewriting/covered-files.ts';
export { keepSites } from '../rewriting/kept-sites.ts';
export { startPreciseMode } from './start.ts';
