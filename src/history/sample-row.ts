// A record as it is kept: its time in whole milliseconds, its figures as whole numbers, names cut to a bound.
import type { ProcessId, ProcessSample } from '../model/index.ts';
import type { HistoryRecord } from './history.ts';
import { processSeriesNumber, STORED_HOST_METRICS, toStored } from './stored-series.ts';

export interface SeriesValue {
  readonly series: number;
  readonly value: number;
}

export interface ProcessRow extends ProcessId {
  readonly name: string;
  readonly command: string;
  readonly rss: number;
  readonly cpu: number | undefined;
}

export interface SampleRow {
  readonly atMs: number;
  readonly host: readonly SeriesValue[];
  readonly processes: readonly ProcessRow[];
}

/** A command line can be megabytes long; its start tells which program it is. */
const MAX_COMMAND_LENGTH = 1024;
const MAX_NAME_LENGTH = 256;
/** 1970 to 2242. A clock outside of that is not set, and its samples could not be placed. */
const MAX_AT_MS = 2 ** 33 * 1000;

/** Absent when the record's time makes no sense. A process whose RSS makes none is left out. */
export function toSampleRow(record: HistoryRecord): SampleRow | undefined {
  const atMs = Math.round(record.atSeconds * 1000);
  if (!(atMs >= 0 && atMs <= MAX_AT_MS)) return undefined;
  return { atMs, host: hostValues(record), processes: record.processes.flatMap(toProcessRow) };
}

function hostValues(record: HistoryRecord): readonly SeriesValue[] {
  return STORED_HOST_METRICS.flatMap(({ series, unit, read }) => {
    const value = toStored(read(record), unit);
    return value === undefined ? [] : [{ series, value }];
  });
}

function toProcessRow(sample: ProcessSample): readonly ProcessRow[] {
  const rss = toStored(sample.rssBytes, 'bytes');
  if (rss === undefined) return [];
  const { pid, startTicks } = sample;
  const name = sample.name.slice(0, MAX_NAME_LENGTH);
  const command = sample.command.slice(0, MAX_COMMAND_LENGTH);
  return [{ pid, startTicks, name, command, rss, cpu: toStored(sample.cpuPercent, 'percent') }];
}

/** The values of a process's two series, once it has a number. */
export function processValues(processNumber: number, { rss, cpu }: ProcessRow): readonly SeriesValue[] {
  const values = [{ series: processSeriesNumber(processNumber, 'rss'), value: rss }];
  return cpu === undefined
    ? values
    : [...values, { series: processSeriesNumber(processNumber, 'cpu_percent'), value: cpu }];
}
