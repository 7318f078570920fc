// A run with a report: a folder beside the file for the processes' records while it lasts, and at its end, whatever that was, the
// file, complete or not there.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PreciseMode } from '../../api/wire.ts';
import type { EffectiveSetting } from '../../config/index.ts';
import { CodedError } from '../../model/index.ts';
import { readRecords } from '../../monitor/report/index.ts';
import type { Io } from '../command.ts';
import { printable } from '../output.ts';
import { reportEnvironment } from './environment.ts';
import type { ProgramEnd } from './program.ts';
import { seriesCsv } from './recorded-series.ts';
import { mainRecord, type RunReport, runReport } from './report.ts';
import { runWatched, type WatchedRun } from './watched.ts';

export interface ReportedRun extends WatchedRun {
  readonly file: string;
  /** Where the samples go as CSV; nowhere when absent. */
  readonly seriesFile: string | undefined;
  readonly effective: readonly EffectiveSetting[];
}

export interface ReportedEnd {
  readonly end: ProgramEnd;
  readonly report: RunReport;
}

/** Throws before the program has started when there is no place for the report. */
export async function runReported(run: ReportedRun, io: Io): Promise<ReportedEnd> {
  const file = resolve(run.file);
  const records = recordsFolder(file);
  try {
    const env = { ...run.env, ...reportEnvironment(records, run.effective) };
    const end = await runWatched({ ...run, env }, io);
    const record = mainRecord(readRecords(records));
    const report = runReport(record, { end, oomKillsRose: end.oomKillsRose });
    writeWhole(file, `${JSON.stringify(report, null, 2)}\n`);
    if (run.seriesFile !== undefined) writeWhole(run.seriesFile, seriesCsv(record?.samples ?? []));
    io.stderr.write(summary(report, run.file));
    return { end, report };
  } finally {
    rmSync(records, { recursive: true, force: true });
  }
}

function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.partial`, text);
  renameSync(`${file}.partial`, file);
}

/** The processes write their records there while the program runs. */
function recordsFolder(file: string): string {
  try {
    return mkdtempSync(`${file}.records-`);
  } catch (cause) {
    throw new CodedError(
      'REPORT_NOT_WRITABLE',
      `the report cannot be written beside ${file}: ${(cause as Error).message}`,
      'name a file in a folder that exists and may be written to',
      { cause },
    );
  }
}

function summary(report: RunReport, file: string): string {
  const { finding, exit, duration_seconds: seconds, samples, precise } = report;
  const end = exit.signal ?? `status ${exit.code}`;
  return (
    `plimsoll: ${printable(finding)}\n` +
    (precise ? `plimsoll: precise mode: ${filesOf(precise)}\n` : '') +
    `plimsoll: ${exit.reason}, ${end}, after ${seconds} s and ${samples} samples; the report is ${printable(file)}\n`
  );
}

function filesOf({ files_rewritten: rewritten, files_left_alone: left }: PreciseMode): string {
  return `${rewritten} files rewritten, ${left} left alone`;
}
