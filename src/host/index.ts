export type { ReadingClock } from './clock.ts';
export * from './host.ts';
export * from './process-table.ts';
export { readSmapsRollup as readMemoryMap } from './procfs/index.ts';
export * from './running.ts';
export * from './top-processes.ts';
