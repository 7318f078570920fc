// How far the upkeep of the samples has come, each mark a time: kept in memory, written with the transaction that moves it.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { alignDown } from '../bucket.ts';
import { HOUR_MS, MINUTE_MS } from '../resolution.ts';

export interface MarkTimes {
  /** Of everything kept; absent in an empty store. */
  readonly oldest?: number;
  /** Minutes before this are rolled up. */
  readonly minutesRolledTo: number;
  readonly hoursRolledTo: number;
  /** Since when samples, minutes and hours are kept whole. */
  readonly samplesFrom: number;
  readonly minutesFrom: number;
  readonly hoursFrom: number;
}

const NONE: MarkTimes = {
  minutesRolledTo: 0,
  hoursRolledTo: 0,
  samplesFrom: 0,
  minutesFrom: 0,
  hoursFrom: 0,
};

export class Marks {
  readonly #select: StatementSync;
  readonly #upsert: StatementSync;
  #times: MarkTimes = NONE;

  constructor(database: DatabaseSync) {
    this.#select = database.prepare('SELECT name, at_ms FROM mark');
    this.#upsert = database.prepare('INSERT OR REPLACE INTO mark (name, at_ms) VALUES (?, ?)');
    this.reload();
  }

  get times(): MarkTimes {
    return this.#times;
  }

  reload(): void {
    const kept = this.#select.all().map((row) => [row.name, row.at_ms]);
    this.#times = { ...NONE, ...Object.fromEntries(kept) };
  }

  move(changes: Partial<MarkTimes>): void {
    for (const name of Object.keys(changes) as (keyof MarkTimes)[]) {
      const atMs = changes[name];
      if (atMs !== undefined && atMs !== this.#times[name]) this.#upsert.run(name, atMs);
    }
    this.#times = { ...this.#times, ...changes };
  }

  /**
   * Takes note of a sample. One from before what is rolled up (the clock was set back) opens its minute and all after it
   * again: they are rolled up anew out of the samples, so that the newest pass of the clock is what is told.
   */
  admit(atMs: number): void {
    const { oldest = atMs, minutesRolledTo, hoursRolledTo, samplesFrom } = this.#times;
    this.move({
      oldest: Math.min(oldest, atMs),
      minutesRolledTo: Math.min(minutesRolledTo, alignDown(atMs, MINUTE_MS)),
      hoursRolledTo: Math.min(hoursRolledTo, alignDown(atMs, HOUR_MS)),
      samplesFrom: Math.min(samplesFrom, alignDown(atMs, MINUTE_MS)),
    });
  }
}
