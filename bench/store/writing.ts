// Records a stretch of time into a store and measures what each sample costs and how the file grows.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type History, openStore } from '../../src/history/index.ts';
import { MIB } from '../../src/units/index.ts';
import { records, START_SECONDS, TRACKED } from './records.ts';

export const OPTIONS = { maxBytes: 512 * MIB, retentionDays: 90 } as const;
const DAY_TICKS = 8640;

export interface DayResult {
  readonly day: number;
  readonly processSamples: number;
  readonly fileBytes: number;
  readonly bytesPerSample: number;
}

export interface WriteResult {
  readonly days: readonly DayResult[];
  /** Of record() and maintain() together, one a sample. */
  readonly sampleMilliseconds: readonly number[];
  /** Mean, making the records included. */
  readonly cpuMillisecondsPerSample: number;
}

export function open(dataDir: string): History {
  const opening = openStore({ ...OPTIONS, dataDir, nowSeconds: START_SECONDS });
  if (opening.kind === 'refused') throw opening.error;
  return opening.history;
}

export function writeDays(dataDir: string, days: number, seed: number): WriteResult {
  let history = open(dataDir);
  const results: DayResult[] = [];
  const sampleMilliseconds: number[] = [];
  const cpuBefore = process.cpuUsage();
  let tick = 0;
  for (const record of records(seed)) {
    const started = performance.now();
    history.record(record);
    history.maintain(record.atSeconds);
    sampleMilliseconds.push(performance.now() - started);
    tick += 1;
    if (tick % DAY_TICKS !== 0) continue;
    // Closed, so that the log is folded into the file that is measured.
    history.close();
    results.push(dayResult(dataDir, tick / DAY_TICKS));
    if (results.length === days) break;
    history = open(dataDir);
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  return { days: results, sampleMilliseconds, cpuMillisecondsPerSample: (user + system) / 1000 / tick };
}

function dayResult(dataDir: string, day: number): DayResult {
  const fileBytes = statSync(join(dataDir, 'plimsoll.db')).size;
  const processSamples = day * DAY_TICKS * TRACKED;
  return { day, processSamples, fileBytes, bytesPerSample: fileBytes / processSamples };
}

export interface TableSize {
  readonly name: string;
  readonly bytes: number;
  readonly rows: number;
}

export function tableSizes(dataDir: string): readonly TableSize[] {
  const database = new DatabaseSync(join(dataDir, 'plimsoll.db'), { readOnly: true });
  const tables = database.prepare('SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name').all();
  const sizes = tables.map(({ name, bytes }) => ({
    name: String(name),
    bytes: Number(bytes),
    rows: rowsOf(database, String(name)),
  }));
  database.close();
  return sizes.sort((a, b) => b.bytes - a.bytes).slice(0, 5);
}

function rowsOf(database: DatabaseSync, name: string): number {
  const isTable = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name);
  return isTable ? Number(database.prepare(`SELECT count(*) AS rows FROM "${name}"`).get()?.rows) : 0;
}
