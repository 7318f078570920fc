export { type CoversFile, coveredFiles } from './covered-files.ts';
export { type PreciseMode, startPreciseMode } from './load-hook.ts';
