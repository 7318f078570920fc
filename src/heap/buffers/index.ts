export type { BufferSiteChange } from './buffer-site-table.ts';
export type { CodeFrame } from './call-stack.ts';
export * from './watch.ts';
