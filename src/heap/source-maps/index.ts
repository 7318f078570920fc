export type { Position } from './mapped-file.ts';
export * from './resolver.ts';
export * from './source-lines.ts';
export * from './source-text.ts';
