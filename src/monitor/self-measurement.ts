// What the monitor itself costs and how its collectors fare.
import { getHeapStatistics } from 'node:v8';
import type { CollectorReport } from '../model/index.ts';
import type { Bytes, Seconds } from '../units/index.ts';
import type { Clock } from './clock.ts';
import type { CollectorSelf, SelfMeasurement } from './monitor.ts';

export interface SelfMeter {
  collectors(reports: readonly CollectorReport[]): void;
  sampleTaken(): void;
  sampleDropped(): void;
  read(notificationsDroppedTotal: number): SelfMeasurement;
}

/** How the monitor's own use is read: of its process (the agent), or of its thread (inside a service). */
export interface SelfSource {
  cpuSeconds(): Seconds;
  memoryBytes(): Bytes;
}

export const ownProcessSelf: SelfSource = {
  cpuSeconds: () => microseconds(process.cpuUsage()),
  memoryBytes: () => process.memoryUsage.rss(),
};

/** Before Node.js 23.9 a thread's CPU time cannot be asked; the time its event loop was busy comes closest. */
export const ownThreadSelf: SelfSource = {
  cpuSeconds: () =>
    'threadCpuUsage' in process
      ? microseconds((process.threadCpuUsage as typeof process.cpuUsage)())
      : performance.eventLoopUtilization().active / 1000,
  memoryBytes: () => {
    const { total_heap_size, external_memory } = getHeapStatistics();
    return total_heap_size + external_memory;
  },
};

const microseconds = ({ user, system }: NodeJS.CpuUsage): Seconds => (user + system) / 1e6;

export function createSelfMeter(clock: Clock, source: SelfSource): SelfMeter {
  const startedAt = clock.monotonicSeconds();
  const cpuAtStart = source.cpuSeconds();
  const latest = new Map<string, CollectorSelf>();
  let samples = 0;
  let dropped = 0;
  return {
    collectors(reports) {
      for (const report of reports) {
        const failures = latest.get(report.collector)?.failuresTotal ?? 0;
        latest.set(report.collector, {
          report,
          failuresTotal: failures + (report.outcome === 'failed' ? 1 : 0),
        });
      }
    },
    sampleTaken: () => {
      samples += 1;
    },
    sampleDropped: () => {
      dropped += 1;
    },
    read(notificationsDroppedTotal) {
      const used = source.cpuSeconds() - cpuAtStart;
      const elapsed = clock.monotonicSeconds() - startedAt;
      return {
        memoryBytes: source.memoryBytes(),
        cpuSeconds: used,
        cpuRatio: elapsed > 0 ? used / elapsed : 0,
        collectors: [...latest.values()],
        samplesTotal: samples,
        droppedSamplesTotal: dropped,
        notificationsDroppedTotal,
      };
    },
  };
}
