export type { Position } from './mapped-file.ts';
export * from './resolver.ts';
