// The store: everything kept in one SQLite file. It throws what SQLite throws; degrading-history.ts lives with that.
import { statSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Delivery, Incident } from '../../model/index.ts';
import type { Bytes, Seconds } from '../../units/index.ts';
import type { KnownProcess } from '../history.ts';
import type { SettingChanges } from '../incident-log.ts';
import type { RangeMs } from '../resolution.ts';
import type { SampleRow } from '../sample-row.ts';
import { PAGE_BYTES, transaction } from './connection.ts';
import { IncidentTable } from './incident-table.ts';
import { dropAged, dropExcess } from './retention.ts';
import { isRollUpDue, rollUp } from './roll-up.ts';
import { SampleStore } from './sample-store.ts';
import { SettingTable } from './setting-table.ts';
import { SteadyClock } from './steady-clock.ts';

export interface DiskOptions {
  /** Pages of data in use past which the oldest goes. */
  readonly maxDataBytes: Bytes;
  /** Of the write-ahead log, past which it is folded back into the file. */
  readonly maxLogBytes: Bytes;
  readonly retentionSeconds: Seconds;
}

/** Dropping stops this far below the bound, so that it is not due again with the next sample. */
const ROOM_AFTER_DROPPING = 0.95;
/** Free pages up to this part of the file are kept for new data; more are given back to the file system. */
const FREE_PART = 1 / 8;

export class DiskHistory {
  readonly path: string;
  readonly store: SampleStore;
  readonly #database: DatabaseSync;
  readonly #options: DiskOptions;
  readonly #incidents: IncidentTable;
  readonly #settings: SettingTable;
  readonly #clock = new SteadyClock();
  readonly #pageCount: StatementSync;
  readonly #freeCount: StatementSync;

  constructor(database: DatabaseSync, path: string, options: DiskOptions) {
    this.path = path;
    this.#database = database;
    this.#options = options;
    this.store = new SampleStore(database);
    this.#incidents = new IncidentTable(database);
    this.#settings = new SettingTable(database);
    this.#pageCount = database.prepare('SELECT page_count AS count FROM pragma_page_count()');
    this.#freeCount = database.prepare('SELECT freelist_count AS count FROM pragma_freelist_count()');
  }

  /** The file with its log. */
  sizeBytes(): Bytes {
    return [this.path, `${this.path}-wal`]
      .map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0)
      .reduce((a, b) => a + b);
  }

  record(row: SampleRow): void {
    this.#write(() => this.store.record(row));
  }

  knownProcesses(range: RangeMs): readonly KnownProcess[] {
    return this.store.processes.known(range);
  }

  saveIncident(incident: Incident): void {
    this.#write(() => this.#incidents.save(incident));
  }

  incidents(sinceSeconds: Seconds): readonly Incident[] {
    return this.#incidents.since(sinceSeconds);
  }

  saveDelivery(delivery: Delivery): void {
    this.#write(() => this.#incidents.saveDelivery(delivery));
  }

  deliveries(incidentId: string): readonly Delivery[] {
    return this.#incidents.deliveries(incidentId);
  }

  settings(): ReturnType<SettingTable['all']> {
    return this.#settings.all();
  }

  saveSettings(changes: SettingChanges): void {
    this.#write(() => this.#settings.change(changes));
  }

  maintain(nowSeconds: Seconds): void {
    const nowMs = nowSeconds * 1000;
    const steady = this.#clock.observe(nowMs);
    const tooMuch = this.#dataBytes() > this.#options.maxDataBytes;
    if (!tooMuch && !isRollUpDue(this.store, nowMs)) return;
    this.#write(() => {
      rollUp(this.store, nowMs);
      if (steady) this.#dropAged(nowMs);
      if (tooMuch) this.#dropExcess();
    });
    this.#giveBack();
  }

  #dropAged(nowMs: number): void {
    dropAged(this.store, nowMs, this.#options.retentionSeconds * 1000);
    this.#incidents.dropBefore(nowMs / 1000 - this.#options.retentionSeconds);
  }

  #dropExcess(): void {
    const enough = this.#options.maxDataBytes * ROOM_AFTER_DROPPING;
    dropExcess(this.store, () => this.#dataBytes() > enough);
  }

  #giveBack(): void {
    const pages = countOf(this.#pageCount);
    const free = countOf(this.#freeCount);
    const reserve = pages * PAGE_BYTES > this.#options.maxDataBytes ? 0 : Math.floor(pages * FREE_PART);
    // Pages that are moved pass through the log.
    const surplus = Math.min(Math.ceil(this.#options.maxLogBytes / PAGE_BYTES), free - reserve);
    if (surplus > 0) this.#database.exec(`PRAGMA incremental_vacuum(${surplus})`);
  }

  #dataBytes(): Bytes {
    return (countOf(this.#pageCount) - countOf(this.#freeCount)) * PAGE_BYTES;
  }

  /** Several writes as one: all of them or none. */
  together(writes: () => void): void {
    this.#write(writes);
  }

  #write(work: () => void): void {
    try {
      if (this.#database.isTransaction) work();
      else transaction(this.#database, work);
    } catch (error) {
      this.store.reload();
      throw error;
    }
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}

function countOf(statement: StatementSync): number {
  return Number(statement.get()?.count);
}
