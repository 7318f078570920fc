// A journal is lines of JSON, one thing known at a time. A process that is killed may leave its last line torn: what is no line is
// passed over, so that the rest still tells.
import type { SiteReading } from '../../leak/index.ts';
import type { AllocationSite } from '../../model/index.ts';
import { present } from '../../model/index.ts';
import type { Bytes, Percent, Seconds } from '../../units/index.ts';

export interface JournalStart {
  readonly pid: number;
  /** Since boot. */
  readonly startTicks?: number;
  readonly startedAtSeconds: Seconds;
  /** The program's main script: a run is told to the next one of the same program. */
  readonly program: string;
  /** At which V8 ends the process: of the old space where that is known. */
  readonly heapLimitBytes: Bytes;
  /** How its allocations are sampled, if they are. */
  readonly sampleBytes: Bytes;
  readonly inlining: boolean;
}

/** What the process and the kernel say at a moment. */
export interface JournalSample {
  readonly atSeconds: Seconds;
  readonly rssBytes: Bytes;
  readonly heapUsedBytes?: Bytes;
  readonly heapTotalBytes?: Bytes;
  readonly externalBytes?: Bytes;
  readonly cgroupBytes?: Bytes;
  readonly cgroupLimitBytes?: Bytes;
  /** Kills for memory that the kernel has counted: in the control group, on the host. */
  readonly cgroupOomKills?: number;
  readonly hostOomKills?: number;
  readonly hostMemoryPercent?: Percent;
}

/** As whoever started the program saw it end. */
export interface JournalEnd {
  readonly atSeconds: Seconds;
  /** Absent where the program ended by itself, or by a signal that was passed on to it. */
  readonly signal?: string;
  /** Counted by then. */
  readonly hostOomKills?: number;
}

export type JournalLine =
  | ({ readonly kind: 'start' } & JournalStart)
  | { readonly kind: 'sample'; readonly sample: JournalSample }
  | { readonly kind: 'sites'; readonly reading: SiteReading }
  /** The heap on its way to the limit: between two samples. */
  | { readonly kind: 'heap'; readonly atSeconds: Seconds; readonly usedBytes: Bytes }
  | ({ readonly kind: 'end' } & JournalEnd);

const COLUMNS = [
  'atSeconds',
  'rssBytes',
  'heapUsedBytes',
  'heapTotalBytes',
  'externalBytes',
  'cgroupBytes',
  'cgroupLimitBytes',
  'cgroupOomKills',
  'hostOomKills',
  'hostMemoryPercent',
] as const satisfies readonly (keyof JournalSample)[];

type Row = readonly (number | null)[];
type SiteRow = readonly [string, string, number, number, Bytes, number];

/** Samples and sites make up nearly all of a journal: they are rows. */
export function encodeLine(line: JournalLine): string {
  return `${JSON.stringify(packed(line))}\n`;
}

function packed(line: JournalLine): unknown {
  switch (line.kind) {
    case 'sample':
      return { kind: line.kind, row: COLUMNS.map((column) => line.sample[column] ?? null) };
    case 'sites':
      return { kind: line.kind, ...line.reading, sites: line.reading.sites.map(siteRow) };
    case 'start':
    case 'heap':
    case 'end':
      return line;
  }
}

/** Undefined for what is not a whole line of ours. */
export function decodeLine(text: string): JournalLine | undefined {
  try {
    return unpacked(JSON.parse(text));
  } catch {
    return undefined;
  }
}

type Packed =
  | { readonly kind: 'sample'; readonly row: Row }
  | ({ readonly kind: 'sites'; readonly sites: readonly SiteRow[] } & Omit<SiteReading, 'sites'>)
  | Extract<JournalLine, { kind: 'start' | 'heap' | 'end' }>;

function unpacked(line: Packed): JournalLine | undefined {
  switch (line.kind) {
    case 'sample':
      return { kind: line.kind, sample: sampleOf(line.row) };
    case 'sites': {
      const { kind, sites, ...rest } = line;
      return { kind, reading: { ...rest, sites: sites.map(siteOf) } };
    }
    case 'start':
    case 'heap':
    case 'end':
      return line;
    default:
      // Of another release.
      return undefined;
  }
}

function sampleOf(row: Row): JournalSample {
  const fields = COLUMNS.map((column, index) => [column, row[index] ?? undefined]);
  return present(Object.fromEntries(fields)) as unknown as JournalSample;
}

const siteRow = ({ functionName, file, line, column, liveBytes, count }: AllocationSite): SiteRow => [
  functionName,
  file,
  line,
  column,
  liveBytes,
  count,
];

const siteOf = ([functionName, file, line, column, liveBytes, count]: SiteRow): AllocationSite => ({
  functionName,
  file,
  line,
  column,
  liveBytes,
  count,
});
