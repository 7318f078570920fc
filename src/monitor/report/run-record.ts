// What is known of a run of a program at a moment, as a small file: the monitor's thread writes it while the program lives, and
// whoever started the program reads it when it has ended, however it ended. Both are the same release, so the format is nobody
// else's business.
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { present, type RewritingReport } from '../../model/index.ts';
import type { Bytes, Seconds } from '../../units/index.ts';
import type { GrowingSite } from '../monitor.ts';

export interface RecordedSample {
  readonly atSeconds: Seconds;
  readonly rssBytes: Bytes;
  readonly heapUsedBytes?: Bytes;
  /** What V8 holds of the system for its heap. */
  readonly heapTotalBytes?: Bytes;
  /** Just after the newest major collection. */
  readonly heapFloorBytes?: Bytes;
  readonly externalBytes?: Bytes;
  /** HTTP requests finished since the start. */
  readonly requestsTotal?: number;
}

export interface RunRecord {
  readonly pid: number;
  /** Oldest first, thinned evenly where there were more. */
  readonly samples: readonly RecordedSample[];
  readonly samplesTaken: number;
  /** At which V8 ends the process, as far as it is known. */
  readonly heapLimitBytes?: Bytes;
  readonly growingSites: readonly GrowingSite[];
  /** Allocation snapshots that were kept. */
  readonly snapshots: number;
  /** Absent unless precise mode is on. */
  readonly rewriting?: RewritingReport;
}

/** Environment variable: the folder of the records, one a process. */
export const RECORDS_VARIABLE = 'MONITORING_RUN_RECORDS';

const SUFFIX = '.json';
/** A program that starts processes without end does not fill the disk with their records. */
const MOST_RECORDS = 64;

const COLUMNS = [
  'atSeconds',
  'rssBytes',
  'heapUsedBytes',
  'heapTotalBytes',
  'heapFloorBytes',
  'externalBytes',
  'requestsTotal',
] as const;

/** Whether one more process may have a record there. */
export function mayRecord(folder: string): boolean {
  return readdirSync(folder).length < MOST_RECORDS;
}

/** Complete or not there: a reader never sees half of it. */
export function writeRecord(folder: string, record: RunRecord): void {
  const rows = record.samples.map((sample) => COLUMNS.map((column) => sample[column] ?? null));
  const partial = join(folder, `${record.pid}.partial`);
  writeFileSync(partial, JSON.stringify({ ...record, samples: rows }), { mode: 0o600 });
  renameSync(partial, join(folder, `${record.pid}${SUFFIX}`));
}

/** Of every process that was watched for at least one sample. */
export function readRecords(folder: string): readonly RunRecord[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => fromFile(readFileSync(join(folder, name), 'utf8')));
}

function fromFile(text: string): RunRecord {
  const { samples, ...rest } = JSON.parse(text) as Omit<RunRecord, 'samples'> & {
    readonly samples: readonly (readonly (number | null)[])[];
  };
  return { ...rest, samples: samples.map(sampleOf) };
}

function sampleOf(row: readonly (number | null)[]): RecordedSample {
  const fields = COLUMNS.map((column, index) => [column, row[index] ?? undefined]);
  return present(Object.fromEntries(fields)) as unknown as RecordedSample;
}
