export type { GroupPaths } from './hierarchy.ts';
export * from './memory.ts';
