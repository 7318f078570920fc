// Samples as they came, packed, by time.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Bucket, bucketOf } from '../bucket.ts';
import { packSample, valueIn } from '../packed-sample.ts';
import type { RangeMs } from '../resolution.ts';
import type { SeriesValue } from '../sample-row.ts';

export interface StoredSample {
  readonly atMs: number;
  readonly packed: Uint8Array;
}

interface ReadRange {
  readonly range: RangeMs;
  readonly rows: readonly StoredSample[];
}

export class SampleTable {
  /** A chart asks for one series after the other over the same range: its rows are read once. Until the next sample. */
  #lastRead: ReadRange | undefined;
  readonly #insert: StatementSync;
  readonly #range: StatementSync;
  readonly #count: StatementSync;
  readonly #first: StatementSync;
  readonly #newest: StatementSync;
  readonly #drop: StatementSync;

  constructor(database: DatabaseSync) {
    // Of two samples of one millisecond (the clock went back) the later to come stays.
    this.#insert = database.prepare('INSERT OR REPLACE INTO sample (at_ms, packed) VALUES (?, ?)');
    this.#range = database.prepare(
      'SELECT at_ms AS atMs, packed FROM sample WHERE at_ms BETWEEN ? AND ? ORDER BY at_ms',
    );
    this.#count = database.prepare(
      'SELECT count(*) AS count FROM (SELECT 1 FROM sample WHERE at_ms BETWEEN ? AND ? LIMIT ?)',
    );
    this.#first = database.prepare('SELECT min(at_ms) AS atMs FROM sample WHERE at_ms >= ?');
    this.#newest = database.prepare('SELECT max(at_ms) AS atMs FROM sample');
    this.#drop = database.prepare('DELETE FROM sample WHERE at_ms < ?');
  }

  insert(atMs: number, values: readonly SeriesValue[]): void {
    this.#lastRead = undefined;
    this.#insert.run(atMs, packSample(values));
  }

  inRange({ fromMs, toMs }: RangeMs): Iterable<StoredSample> {
    return this.#range.iterate(fromMs, toMs) as unknown as Iterable<StoredSample>;
  }

  values(series: number, range: RangeMs): readonly Bucket[] {
    const values: Bucket[] = [];
    for (const { atMs, packed } of this.#rows(range)) {
      const value = valueIn(packed, series);
      if (value !== undefined) values.push(bucketOf(atMs, value));
    }
    return values;
  }

  #rows(range: RangeMs): readonly StoredSample[] {
    if (!this.#lastRead || !isSame(this.#lastRead.range, range))
      this.#lastRead = { range, rows: [...this.inRange(range)] };
    return this.#lastRead.rows;
  }

  /** Counting stops at `limit`. */
  count(range: RangeMs, limit: number): number {
    if (this.#lastRead && isSame(this.#lastRead.range, range))
      return Math.min(limit, this.#lastRead.rows.length);
    const { fromMs, toMs } = range;
    return Number(this.#count.get(fromMs, toMs, limit)?.count);
  }

  firstSince(atMs: number): number | undefined {
    return timeOf(this.#first.get(atMs));
  }

  newest(): number | undefined {
    return timeOf(this.#newest.get());
  }

  dropBefore(atMs: number): void {
    this.#lastRead = undefined;
    this.#drop.run(atMs);
  }
}

function isSame(a: RangeMs, b: RangeMs): boolean {
  return a.fromMs === b.fromMs && a.toMs === b.toMs;
}

function timeOf(row: Record<string, unknown> | undefined): number | undefined {
  return typeof row?.atMs === 'number' ? row.atMs : undefined;
}
