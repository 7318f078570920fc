export type { Position } from './mapped-file.ts';
export * from './resolver.ts';
export * from './source-text.ts';
