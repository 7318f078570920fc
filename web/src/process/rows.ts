// The rows of the process table: what the newest sample says of a process, with how it has fared and what is thought of it.
import type { Hotspots, ProcessRecord, Verdict } from '../../../src/api/wire.ts';
import { MIB } from '../../../src/units/index.ts';
import type { Sample } from '../connection/live.ts';
import { pidOf } from '../incident/finding.ts';

export interface ProcessRow {
  /** With the pid a process that is never taken for another; of a group its name. */
  readonly key: string;
  readonly pid: number | undefined;
  readonly name: string;
  readonly command: string;
  /** Of a group the sum, which counts shared pages once for each process. */
  readonly rssBytes: number;
  readonly memoryPercent: number;
  /** Of one processor; undefined in a process's first scan. */
  readonly cpuPercent: number | undefined;
  readonly threads: number;
  /** Undefined for a process that is not tracked. */
  readonly growthBytesPerHour: number | undefined;
  readonly recentRssBytes: readonly number[];
  readonly verdict: Verdict['verdict'] | undefined;
  /** Processes in the row. */
  readonly count: number;
}

export interface RowSources {
  readonly processes: readonly ProcessRecord[];
  readonly hotspots: Hotspots | undefined;
  readonly verdicts: readonly Verdict[] | undefined;
  /** Fresher figures of the largest. */
  readonly sample?: Sample | undefined;
}

export function toRows({ processes, hotspots, verdicts = [], sample }: RowSources): ProcessRow[] {
  const verdictOf = new Map(verdicts.map((verdict) => [pidOf(verdict.subject), verdict]));
  const fresh = new Map(sample?.top_processes.map((process) => [keyOf(process), process]));
  const { process_trends: trends = {}, process_history_raw: histories = {} } = hotspots?.diagnostics ?? {};
  return processes.map((process) => {
    const trend = trends[process.pid];
    const tracked = trend?.start_ticks === process.start_ticks;
    const verdict = verdictOf.get(process.pid);
    const { rss_bytes: rssBytes, cpu_percent: cpu } = fresh.get(keyOf(process)) ?? process;
    return {
      key: keyOf(process),
      pid: process.pid,
      name: process.name,
      command: process.command,
      rssBytes,
      memoryPercent: process.memory_percent,
      cpuPercent: cpu ?? undefined,
      threads: process.threads,
      growthBytesPerHour: tracked ? growthOf(trend, verdict) : undefined,
      recentRssBytes: tracked ? (histories[process.pid] ?? []).map(({ rss_mb }) => rss_mb * MIB) : [],
      verdict: verdict?.verdict,
      count: 1,
    };
  });
}

function keyOf({ pid, start_ticks }: Pick<ProcessRecord, 'pid' | 'start_ticks'>): string {
  return `${pid}:${start_ticks}`;
}

/** What a process gained in its first seconds says nothing of an hour. */
const LEAST_WATCHED_MS = 60_000;

/** The verdict's own figure where there is one; else the trend's, where it is one. */
function growthOf(
  trend: Hotspots['diagnostics']['process_trends'][string],
  verdict: Verdict | undefined,
): number | undefined {
  if (verdict && verdict.growth_bytes_per_hour !== null) return verdict.growth_bytes_per_hour;
  const watchedMs = Date.parse(trend.last_seen) - Date.parse(trend.first_seen);
  if (trend.rss_trend === 'insufficient_data' || watchedMs < LEAST_WATCHED_MS) return undefined;
  return trend.rss_trend === 'stable' ? 0 : trend.rss_slope_mb_per_hour * MIB;
}

/** One row a name, with sums. */
export function groupByName(rows: readonly ProcessRow[]): ProcessRow[] {
  return [...Map.groupBy(rows, ({ name }) => name)].map(([name, group]) => {
    const [only] = group;
    return only && group.length === 1 ? only : sumOf(name, group);
  });
}

function sumOf(name: string, group: readonly ProcessRow[]): ProcessRow {
  const sum = (value: (row: ProcessRow) => number | undefined) =>
    group.reduce((total, row) => total + (value(row) ?? 0), 0);
  const tracked = group.filter(({ growthBytesPerHour }) => growthBytesPerHour !== undefined);
  return {
    key: `name:${name}`,
    pid: undefined,
    name,
    command: `${group.length} processes`,
    rssBytes: sum(({ rssBytes }) => rssBytes),
    memoryPercent: sum(({ memoryPercent }) => memoryPercent),
    cpuPercent: sum(({ cpuPercent }) => cpuPercent),
    threads: sum(({ threads }) => threads),
    growthBytesPerHour: tracked.length > 0 ? sum(({ growthBytesPerHour }) => growthBytesPerHour) : undefined,
    recentRssBytes: [],
    verdict: group.find(({ verdict }) => verdict === 'leaking')?.verdict,
    count: group.length,
  };
}

export const SORT_KEYS = ['name', 'rss', 'growth', 'cpu', 'verdict'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

const VALUES: Readonly<Record<Exclude<SortKey, 'name'>, (row: ProcessRow) => number>> = {
  rss: ({ rssBytes }) => rssBytes,
  growth: ({ growthBytesPerHour }) => growthBytesPerHour ?? Number.NEGATIVE_INFINITY,
  cpu: ({ cpuPercent }) => cpuPercent ?? -1,
  verdict: ({ verdict }) => (verdict === 'leaking' ? 2 : verdict ? 1 : 0),
};

/** Names from A, everything else the largest first; `reversed` the other way round. */
export function sortRows(rows: readonly ProcessRow[], key: SortKey, reversed: boolean): ProcessRow[] {
  const order = (a: ProcessRow, b: ProcessRow) =>
    key === 'name' ? compareNames(a, b) : VALUES[key](b) - VALUES[key](a) || b.rssBytes - a.rssBytes;
  return rows.toSorted((a, b) => (reversed ? -order(a, b) : order(a, b)) || compareKeys(a, b));
}

const compareText = (a: string, b: string) => (a < b ? -1 : Number(a > b));
const compareNames = (a: ProcessRow, b: ProcessRow) =>
  compareText(a.name.toLowerCase(), b.name.toLowerCase());
const compareKeys = (a: ProcessRow, b: ProcessRow) => (a.pid ?? 0) - (b.pid ?? 0);

/** By name, command or pid, whatever the case; all words have to be there. */
export function filterRows(rows: readonly ProcessRow[], query: string): readonly ProcessRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = `${row.name} ${row.pid ?? ''} ${row.command}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
