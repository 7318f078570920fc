export * from './history.ts';
export { createMemoryHistory, type MemoryHistoryOptions } from './memory-history.ts';
export {
  createProcessHistory,
  type ProcessHistory,
  type ProcessHistoryOptions,
  type TrackedTrend,
} from './process-history.ts';
export { DEFAULT_MAX_POINTS } from './resolution.ts';
export { openStore, type StoreOpening, type StoreOptions } from './store/open-store.ts';
export { StoreError, type StoreErrorCode } from './store/store-error.ts';
export type { StoreLog } from './store/store-log.ts';
export { readStoredSettings } from './store/stored-settings.ts';
