// The processes the samples speak of: names once, and when each was first and last seen. Ticks count from boot, so after a
// reboot the same pid with the same ticks is taken for the same process, as everywhere a ProcessId is used.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type ProcessId, type ProcessKey, processKey } from '../../model/index.ts';
import type { KnownProcess } from '../history.ts';
import { MAX_KNOWN_PROCESSES, type SeenProcess, toKnownProcess } from '../known-processes.ts';
import type { RangeMs } from '../resolution.ts';
import type { ProcessRow } from '../sample-row.ts';

interface Numbered {
  readonly number: number;
  readonly name: string;
  readonly command: string;
}

export class ProcessTable {
  readonly #upsert: StatementSync;
  readonly #see: StatementSync;
  readonly #find: StatementSync;
  readonly #known: StatementSync;
  readonly #seenSince: StatementSync;
  readonly #dropSeen: StatementSync;
  readonly #dropNames: StatementSync;
  /** Of the newest sample: nearly all of the next one's. */
  #current = new Map<ProcessKey, Numbered>();

  constructor(database: DatabaseSync) {
    this.#upsert = database.prepare(`
      INSERT INTO process (pid, start_ticks, name, command) VALUES (?, ?, ?, ?)
      ON CONFLICT (pid, start_ticks) DO UPDATE SET name = excluded.name, command = excluded.command
      RETURNING number`);
    this.#see = database.prepare(`
      INSERT INTO process_seen (number, first_ms, last_ms) VALUES (?1, ?2, ?2)
      ON CONFLICT (number) DO UPDATE SET first_ms = min(first_ms, ?2), last_ms = max(last_ms, ?2)`);
    this.#find = database.prepare('SELECT number FROM process WHERE pid = ? AND start_ticks = ?');
    this.#known = database.prepare(`
      SELECT pid, start_ticks AS startTicks, name, command, first_ms AS firstMs, last_ms AS lastMs
      FROM process_seen JOIN process USING (number)
      WHERE first_ms <= ? AND last_ms >= ?
      ORDER BY last_ms DESC, first_ms DESC, pid, start_ticks LIMIT ${MAX_KNOWN_PROCESSES}`);
    this.#seenSince = database.prepare('SELECT number FROM process_seen WHERE first_ms < ? AND last_ms >= ?');
    this.#dropSeen = database.prepare('DELETE FROM process_seen WHERE last_ms < ?');
    this.#dropNames = database.prepare(
      'DELETE FROM process WHERE number NOT IN (SELECT number FROM process_seen)',
    );
  }

  /** The processes' numbers, in their order. */
  see(rows: readonly ProcessRow[], atMs: number): readonly number[] {
    const seen = rows.map((row) => [processKey(row), this.#numbered(row)] as const);
    this.#current = new Map(seen);
    for (const [, { number }] of seen) this.#see.run(number, atMs);
    return seen.map(([, { number }]) => number);
  }

  reload(): void {
    this.#current.clear();
  }

  #numbered(row: ProcessRow): Numbered {
    const known = this.#current.get(processKey(row));
    if (known?.name === row.name && known.command === row.command) return known;
    const { pid, startTicks, name, command } = row;
    return { number: Number(this.#upsert.get(pid, startTicks, name, command)?.number), name, command };
  }

  find({ pid, startTicks }: ProcessId): number | undefined {
    const row = this.#find.get(pid, startTicks);
    return row === undefined ? undefined : Number(row.number);
  }

  known({ fromMs, toMs }: RangeMs): readonly KnownProcess[] {
    return (this.#known.all(toMs, fromMs) as unknown as SeenProcess[]).map(toKnownProcess);
  }

  /** The numbers of those seen at some time in the range. */
  seenIn({ fromMs, toMs }: RangeMs): readonly number[] {
    return this.#seenSince.all(toMs, fromMs).map((row) => Number(row.number));
  }

  forgetSeenBefore(atMs: number): void {
    this.#dropSeen.run(atMs);
    this.#dropNames.run();
  }
}
