// The buffers of each worker thread by allocation site, as far as the thread has told.
import type { BufferReport } from '../../heap/index.ts';
import { type BufferReading, type BufferSites, createBufferSites } from '../../monitor/profiling/index.ts';

export interface BuffersByThread {
  take(threadId: number, report: BufferReport): void;
  /** Undefined for a thread that has told nothing. */
  reading(threadId: number): BufferReading | undefined;
  /** Forgets those that have ended. */
  keepOnly(living: readonly number[]): void;
}

export function createBuffersByThread(): BuffersByThread {
  const told = new Map<number, BufferSites>();
  return {
    take(threadId, report) {
      // What came before is lost, and nothing can be added up without it.
      if (!report.first && !told.has(threadId)) return;
      const sites = told.get(threadId) ?? createBufferSites();
      told.set(threadId, sites);
      sites.take(report);
    },
    reading: (threadId) => told.get(threadId)?.reading(),
    keepOnly(living) {
      for (const threadId of told.keys()) if (!living.includes(threadId)) told.delete(threadId);
    },
  };
}
