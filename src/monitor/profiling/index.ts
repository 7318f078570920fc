export * from './answers.ts';
export * from './buffer-sites.ts';
export * from './profiling.ts';
export * from './snapshot-folder.ts';
export type { SnapshotKeeping } from './snapshot-keeping.ts';
export * from './source.ts';
export type { TracedMemory } from './traced-memory.ts';
export * from './tracing.ts';
