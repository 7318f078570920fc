// The history that does not fail: on disk while the disk works; in memory, for what is new, while it does not; and back, with
// what was kept, when it works again. Whoever records into it never sees an exception of the disk's.
import type { Delivery, Incident, ProcessId } from '../../model/index.ts';
import type { Seconds } from '../../units/index.ts';
import type {
  History,
  HistoryRecord,
  HistorySeries,
  HistoryState,
  HostMetric,
  KnownProcess,
  ProcessMetric,
  SeriesRange,
} from '../history.ts';
import type { SettingChanges } from '../incident-log.ts';
import { toRangeMs } from '../resolution.ts';
import { toSampleRow } from '../sample-row.ts';
import { readSeries } from '../sample-source.ts';
import type { SeriesKey } from '../stored-series.ts';
import type { DiskHistory } from './disk-history.ts';
import type { DiskOpening } from './open-disk.ts';
import { Pending } from './pending.ts';
import { type Reopen, recover } from './recovery.ts';
import { diskFaultOf, reasonOf } from './store-error.ts';
import type { StoreLog } from './store-log.ts';

export interface DegradingOptions {
  readonly path: string;
  readonly nowSeconds: Seconds;
  readonly reopen: Reopen;
  readonly log: StoreLog;
}

/** Often enough that little has to be kept in memory, rarely enough that a full disk is not hammered. */
const RETRY_SECONDS = 30;

/** `disk` of a failing store answers for the past as long as it can be read. */
type State =
  | { readonly kind: 'disk'; readonly disk: DiskHistory }
  | {
      readonly kind: 'degraded';
      readonly disk: DiskHistory | undefined;
      readonly reason: string;
      readonly sinceSeconds: Seconds;
      readonly triedAtSeconds: Seconds;
      readonly pending: Pending;
    };

type Attempted<T> = { readonly ok: true; readonly value: T } | { readonly ok: false };
const FAILED = { ok: false } as const;

export class DegradingHistory implements History {
  readonly #options: DegradingOptions;
  #state: State;
  /** The newest time anyone told. */
  #nowSeconds: Seconds;

  constructor(opening: Exclude<DiskOpening, { kind: 'refused' }>, options: DegradingOptions) {
    this.#options = options;
    this.#nowSeconds = options.nowSeconds;
    this.#state =
      opening.kind === 'opened'
        ? { kind: 'disk', disk: opening.disk }
        : this.#degraded(undefined, opening.reason);
  }

  state(): HistoryState {
    const state = this.#state;
    if (state.kind === 'disk')
      return { kind: 'disk', path: state.disk.path, sizeBytes: state.disk.sizeBytes() };
    const { reason, sinceSeconds } = state;
    return { kind: 'degraded', path: this.#options.path, reason, sinceSeconds };
  }

  record(record: HistoryRecord): void {
    const row = toSampleRow(record);
    if (row === undefined) return;
    this.#nowSeconds = record.atSeconds;
    this.#write(
      (disk) => disk.record(row),
      (pending) => pending.record(row),
    );
  }

  saveIncident(incident: Incident): void {
    this.#write(
      (disk) => disk.saveIncident(incident),
      (pending) => pending.saveIncident(incident),
    );
  }

  saveDelivery(delivery: Delivery): void {
    this.#write(
      (disk) => disk.saveDelivery(delivery),
      (pending) => pending.saveDelivery(delivery),
    );
  }

  saveSettings(changes: SettingChanges): void {
    this.#write(
      (disk) => disk.saveSettings(changes),
      (pending) => pending.changeSettings(changes),
    );
  }

  hostSeries(metric: HostMetric, range: SeriesRange): HistorySeries {
    return this.#series({ kind: 'host', metric }, range);
  }

  processSeries(id: ProcessId, metric: ProcessMetric, range: SeriesRange): HistorySeries {
    return this.#series({ kind: 'process', id, metric }, range);
  }

  #series(key: SeriesKey, range: SeriesRange): HistorySeries {
    return this.#read(
      (disk) => readSeries(disk.store, key, range),
      (pending, disk) => readSeries(pending.samplesOver(disk?.store), key, range),
    );
  }

  knownProcesses(range: SeriesRange): readonly KnownProcess[] {
    const rangeMs = toRangeMs(range);
    return this.#read(
      (disk) => disk.knownProcesses(rangeMs),
      (pending, disk) => pending.knownProcessesOver(disk?.knownProcesses(rangeMs) ?? [], rangeMs),
    );
  }

  incidents(sinceSeconds: Seconds): readonly Incident[] {
    return this.#read(
      (disk) => disk.incidents(sinceSeconds),
      (pending, disk) => pending.incidentsOver(disk?.incidents(sinceSeconds) ?? [], sinceSeconds),
    );
  }

  deliveries(incidentId: string): readonly Delivery[] {
    return this.#read(
      (disk) => disk.deliveries(incidentId),
      (pending, disk) => pending.deliveriesOver(disk?.deliveries(incidentId) ?? [], incidentId),
    );
  }

  settings(): ReturnType<History['settings']> {
    return this.#read(
      (disk) => disk.settings(),
      (pending, disk) => pending.settingsOver(disk?.settings() ?? {}),
    );
  }

  maintain(nowSeconds: Seconds): void {
    this.#nowSeconds = nowSeconds;
    // Either way: a clock that was set back must not put the next attempt off by as much.
    if (this.#state.kind === 'degraded' && Math.abs(nowSeconds - this.#state.triedAtSeconds) >= RETRY_SECONDS)
      this.#recover();
    this.#write(
      (disk) => disk.maintain(nowSeconds),
      () => undefined,
    );
  }

  close(): void {
    if (this.#state.kind === 'degraded') this.#recover();
    this.#state.disk?.close();
  }

  #write(toDisk: (disk: DiskHistory) => void, toPending: (pending: Pending) => void): void {
    if (this.#state.kind === 'disk') this.#attempt(this.#state.disk, toDisk);
    // Not an else: the attempt may just have failed.
    if (this.#state.kind === 'degraded') toPending(this.#state.pending);
  }

  /** The disk's answer; while it fails, the pending's over what the disk can still be read for. */
  #read<T>(
    fromDisk: (disk: DiskHistory) => T,
    fromBoth: (pending: Pending, disk: DiskHistory | undefined) => T,
  ): T {
    const answer = this.#state.kind === 'disk' ? this.#attempt(this.#state.disk, fromDisk) : FAILED;
    return answer.ok ? answer.value : this.#readDegraded(fromBoth);
  }

  #readDegraded<T>(fromBoth: (pending: Pending, disk: DiskHistory | undefined) => T): T {
    const { disk, pending } = this.#state as Extract<State, { kind: 'degraded' }>;
    try {
      return fromBoth(pending, disk);
    } catch (error) {
      if (diskFaultOf(error) === 'other') throw error;
      return fromBoth(pending, undefined);
    }
  }

  /** When the disk fails the state is degraded afterwards. */
  #attempt<T>(disk: DiskHistory, work: (disk: DiskHistory) => T): Attempted<T> {
    try {
      return { ok: true, value: work(disk) };
    } catch (error) {
      if (diskFaultOf(error) === 'other') throw error;
      this.#state = this.#degraded(disk, reasonOf(error));
      return FAILED;
    }
  }

  #degraded(disk: DiskHistory | undefined, reason: string): State {
    const { path, log } = this.#options;
    log('error', 'store cannot be written, keeping what is new in memory', { path, reason });
    const nowSeconds = this.#nowSeconds;
    return {
      kind: 'degraded',
      disk,
      reason,
      sinceSeconds: nowSeconds,
      triedAtSeconds: nowSeconds,
      pending: new Pending(),
    };
  }

  /** Where it fails, all is kept until the next attempt. */
  #recover(): void {
    if (this.#state.kind !== 'degraded') return;
    const { disk, pending } = this.#state;
    const { path, log, reopen } = this.#options;
    const recovery = recover({ disk, pending, reopen, nowSeconds: this.#nowSeconds });
    if (recovery.kind === 'recovered') {
      log('info', 'store works again', { path });
      this.#state = { kind: 'disk', disk: recovery.disk };
    } else {
      const { disk: readable, reason } = recovery;
      this.#state = { ...this.#state, disk: readable, reason, triedAtSeconds: this.#nowSeconds };
    }
  }
}
