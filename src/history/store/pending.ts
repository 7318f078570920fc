// What is new while the disk fails: kept within bounds, laid over what the disk still tells, and written when it works again.
import { type Delivery, type Incident, processKey } from '../../model/index.ts';
import type { Seconds } from '../../units/index.ts';
import { widenBuckets } from '../bucket.ts';
import type { History, KnownProcess } from '../history.ts';
import { definedSettings, IncidentLog, type SettingChanges } from '../incident-log.ts';
import { byDelivery, byStart } from '../incident-order.ts';
import { knownProcessesOf, type SeenProcess } from '../known-processes.ts';
import { DEFAULT_MEMORY_BYTES, DEFAULT_MEMORY_SAMPLES } from '../memory-history.ts';
import { MemorySamples } from '../memory-samples.ts';
import type { Extent, RangeMs } from '../resolution.ts';
import type { SampleRow } from '../sample-row.ts';
import type { SampleSource } from '../sample-source.ts';
import type { DiskHistory } from './disk-history.ts';

export class Pending {
  readonly #samples = new MemorySamples({
    maxSamples: DEFAULT_MEMORY_SAMPLES,
    maxBytes: DEFAULT_MEMORY_BYTES,
  });
  readonly #log = new IncidentLog();

  record(row: SampleRow): void {
    this.#samples.record(row);
  }

  saveIncident(incident: Incident): void {
    this.#log.saveIncident(incident);
  }

  saveDelivery(delivery: Delivery): void {
    this.#log.saveDelivery(delivery);
  }

  changeSettings(changes: SettingChanges): void {
    this.#log.changeSettings(changes);
  }

  /** The samples of both. */
  samplesOver(disk: SampleSource | undefined): SampleSource {
    return disk === undefined ? this.#samples : both(disk, this.#samples);
  }

  knownProcessesOver(onDisk: readonly KnownProcess[], range: RangeMs): readonly KnownProcess[] {
    const known = new Map<string, SeenProcess>(
      onDisk.map(({ firstSeenSeconds, lastSeenSeconds, ...process }) => [
        processKey(process),
        { ...process, firstMs: firstSeenSeconds * 1000, lastMs: lastSeenSeconds * 1000 },
      ]),
    );
    for (const process of this.#samples.processes()) {
      const earlier = known.get(processKey(process));
      known.set(processKey(process), {
        ...process,
        firstMs: Math.min(process.firstMs, earlier?.firstMs ?? process.firstMs),
        lastMs: Math.max(process.lastMs, earlier?.lastMs ?? process.lastMs),
      });
    }
    return knownProcessesOf([...known.values()], range);
  }

  incidentsOver(onDisk: readonly Incident[], sinceSeconds: Seconds): readonly Incident[] {
    const newer = this.#log.incidents(Number.NEGATIVE_INFINITY);
    const replaced = new Set(newer.map(({ id }) => id));
    return [...onDisk.filter(({ id }) => !replaced.has(id)), ...this.#log.incidents(sinceSeconds)].sort(
      byStart,
    );
  }

  deliveriesOver(onDisk: readonly Delivery[], incidentId: string): readonly Delivery[] {
    const newer = this.#log.deliveries().filter((delivery) => delivery.incidentId === incidentId);
    const replaced = new Set(newer.map(deliveryKey));
    return [...onDisk.filter((delivery) => !replaced.has(deliveryKey(delivery))), ...newer].sort(byDelivery);
  }

  settingsOver(onDisk: SettingChanges): ReturnType<History['settings']> {
    return definedSettings({ ...onDisk, ...this.#log.settingChanges() });
  }

  /** Everything here or nothing. */
  writeTo(disk: DiskHistory): void {
    disk.together(() => {
      for (const row of this.#samples.rows()) disk.record(row);
      for (const incident of this.#log.incidents(Number.NEGATIVE_INFINITY)) disk.saveIncident(incident);
      for (const delivery of this.#log.deliveries()) disk.saveDelivery(delivery);
      disk.saveSettings(this.#log.settingChanges());
    });
  }
}

/** Answers in the resolution that suits the whole. */
function both(disk: SampleSource, memory: SampleSource): SampleSource {
  return {
    extent: () => joinExtents(disk.extent(), memory.extent()),
    buckets: (key, range, step) => {
      const parts = [...disk.buckets(key, range, step), ...memory.buckets(key, range, step)].sort(
        (a, b) => a.atMs - b.atMs,
      );
      return step.resolution === 'sample' ? parts : widenBuckets(parts, step.widthMs);
    },
  };
}

function joinExtents(a: Extent | undefined, b: Extent | undefined): Extent | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    oldestMs: Math.min(a.oldestMs, b.oldestMs),
    newestMs: Math.max(a.newestMs, b.newestMs),
    samplesFromMs: Math.max(a.samplesFromMs, b.samplesFromMs),
    minutesFromMs: Math.max(a.minutesFromMs, b.minutesFromMs),
    countSamples: (range, limit) => a.countSamples(range, limit) + b.countSamples(range, limit),
  };
}

function deliveryKey({ notificationId, channel }: Delivery): string {
  return `${notificationId}\n${channel}`;
}
