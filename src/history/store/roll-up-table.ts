// Roll-ups by series and time, so that a chart reads one run of neighbouring rows. Times are kept as the number of the minute
// (or hour) since the epoch: four bytes (three) instead of six.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Bucket } from '../bucket.ts';
import { HOUR_MS, MINUTE_MS, type RangeMs } from '../resolution.ts';

type Row = [slot: number, min: number, max: number, last: number, sum: number, count: number];

export class RollUpTable {
  readonly widthMs: number;
  readonly #insert: StatementSync;
  readonly #range: StatementSync;
  readonly #drop: StatementSync;

  constructor(database: DatabaseSync, name: 'minute' | 'hour') {
    this.widthMs = name === 'minute' ? MINUTE_MS : HOUR_MS;
    this.#insert = database.prepare(
      `INSERT OR REPLACE INTO ${name} (series, ${name}, min, max, last, sum, count) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#range = database.prepare(
      `SELECT ${name}, min, max, last, sum, count FROM ${name}
       WHERE series = ? AND ${name} BETWEEN ? AND ? ORDER BY ${name}`,
    );
    this.#range.setReturnArrays(true);
    this.#drop = database.prepare(`DELETE FROM ${name} WHERE series = ? AND ${name} < ?`);
  }

  insert(series: number, { atMs, min, max, last, sum, count }: Bucket): void {
    this.#insert.run(series, atMs / this.widthMs, min, max, last, sum, count);
  }

  /** Buckets that start in the range. */
  inRange(series: number, { fromMs, toMs }: RangeMs): readonly Bucket[] {
    const rows = this.#range.all(series, Math.ceil(fromMs / this.widthMs), Math.floor(toMs / this.widthMs));
    return (rows as unknown as Row[]).map(([slot, min, max, last, sum, count]) => ({
      atMs: slot * this.widthMs,
      min,
      max,
      last,
      sum,
      count,
    }));
  }

  dropBefore(series: number, atMs: number): void {
    this.#drop.run(series, Math.ceil(atMs / this.widthMs));
  }
}
