export type { BufferSiteChange } from './buffer-site-table.ts';
export { type CodeFrame, isLedgerCode } from './call-stack.ts';
export * from './watch.ts';
