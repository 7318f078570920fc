// The history of a service that was given no data directory: the newest samples, within bounds, gone with the process.
import type { Delivery, Incident, ProcessId } from '../model/index.ts';
import type { Seconds } from '../units/index.ts';
import type {
  History,
  HistoryRecord,
  HistorySeries,
  HistoryState,
  HostMetric,
  KnownProcess,
  ProcessMetric,
  SeriesRange,
} from './history.ts';
import { definedSettings, IncidentLog, type SettingChanges } from './incident-log.ts';
import { knownProcessesOf } from './known-processes.ts';
import { MemorySamples } from './memory-samples.ts';
import { toRangeMs } from './resolution.ts';
import { toSampleRow } from './sample-row.ts';
import { readSeries } from './sample-source.ts';

export interface MemoryHistoryOptions {
  /** A day at the default interval unless said otherwise. */
  readonly maxSamples?: number;
  /** Of packed samples: about 9 bytes a process and 80 for the host; 4 MiB unless said otherwise. */
  readonly maxBytes?: number;
}

export const DEFAULT_MEMORY_SAMPLES = 8640;
export const DEFAULT_MEMORY_BYTES = 4 * 1024 ** 2;

export function createMemoryHistory(options: MemoryHistoryOptions = {}): History {
  return new MemoryHistory(options);
}

class MemoryHistory implements History {
  readonly #samples: MemorySamples;
  readonly #log = new IncidentLog();

  constructor({
    maxSamples = DEFAULT_MEMORY_SAMPLES,
    maxBytes = DEFAULT_MEMORY_BYTES,
  }: MemoryHistoryOptions) {
    this.#samples = new MemorySamples({ maxSamples, maxBytes });
  }

  state(): HistoryState {
    return { kind: 'memory' };
  }

  record(record: HistoryRecord): void {
    const row = toSampleRow(record);
    if (row !== undefined) this.#samples.record(row);
  }

  hostSeries(metric: HostMetric, range: SeriesRange): HistorySeries {
    return readSeries(this.#samples, { kind: 'host', metric }, range);
  }

  processSeries(id: ProcessId, metric: ProcessMetric, range: SeriesRange): HistorySeries {
    return readSeries(this.#samples, { kind: 'process', id, metric }, range);
  }

  knownProcesses(range: SeriesRange): readonly KnownProcess[] {
    return knownProcessesOf(this.#samples.processes(), toRangeMs(range));
  }

  saveIncident(incident: Incident): void {
    this.#log.saveIncident(incident);
  }

  incidents(sinceSeconds: Seconds): readonly Incident[] {
    return this.#log.incidents(sinceSeconds);
  }

  saveDelivery(delivery: Delivery): void {
    this.#log.saveDelivery(delivery);
  }

  deliveries(incidentId: string): readonly Delivery[] {
    return this.#log.deliveries().filter((delivery) => delivery.incidentId === incidentId);
  }

  settings(): ReturnType<History['settings']> {
    return definedSettings(this.#log.settingChanges());
  }

  saveSettings(changes: SettingChanges): void {
    this.#log.changeSettings(changes);
  }

  /** The ring drops what is too much as it comes. */
  maintain(): void {}

  close(): void {}
}
