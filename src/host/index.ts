export type { ReadingClock } from './clock.ts';
export * from './host.ts';
