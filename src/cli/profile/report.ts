// The profile of a process for people and for programs.
import { totalBytes } from '../../model/index.ts';
import type { ProcessProfile, SnapshotSite } from '../../monitor/monitor.ts';
import { type Bytes, formatBytes, formatDuration, formatTime, type Ratio } from '../../units/index.ts';
import { type Alignment, alignColumns, type Paint, printable } from '../output.ts';

const HEADER = ['LIVE', 'SHARE', 'OBJECTS', 'FUNCTION', 'FILE'];
const ALIGNMENTS: readonly Alignment[] = ['right', 'right', 'right', 'left', 'left'];

export function profileText(result: ProcessProfile, top: number, paint: Paint): string {
  const total = totalBytes(result.profile);
  const shown = result.sites.slice(0, top);
  const table = alignColumns([HEADER, ...shown.map((site) => siteRow(site, total))], ALIGNMENTS);
  const [header = '', ...rows] = table.split('\n');
  return `${[
    `process  ${result.pid}, Node.js ${printable(result.nodeVersion)}, ${formatBytes(result.heapUsedBytes)} of heap used`,
    `sampled  ${formatDuration(result.sampledSeconds)}${intervalText(result)}; paused for at most ` +
      `${formatDuration(result.pauseSeconds)} to read`,
    `live     ${formatBytes(total)} of what was allocated meanwhile`,
    '',
    paint('bold', header),
    ...rows,
    ...remarks(result, shown).map((remark) => paint('dim', remark)),
  ].join('\n')}\n`;
}

function intervalText({ sampleIntervalBytes }: ProcessProfile): string {
  return sampleIntervalBytes === undefined ? '' : `, a sample every ${formatBytes(sampleIntervalBytes)}`;
}

function siteRow(site: SnapshotSite, total: Bytes): string[] {
  return [
    formatBytes(site.liveBytes),
    `${Math.round(share(site, total) * 100)} %`,
    String(site.count),
    printable(site.functionName || (site.file === '' ? '' : '(anonymous)')),
    printable(placeText(site)),
  ];
}

function placeText({ file, line, column, packageName, packageVersion }: SnapshotSite): string {
  const place = [file, line, column].filter((part) => part !== 0 && part !== '').join(':');
  return packageName && packageVersion ? `${place}  (${packageName}@${packageVersion})` : place;
}

function remarks({ sites, cautions }: ProcessProfile, shown: readonly SnapshotSite[]): string[] {
  const hidden = sites.length - shown.length;
  const notes = shown.flatMap(({ functionName, note }) =>
    note === undefined ? [] : [`${functionName}: ${note}`],
  );
  return [
    '',
    ...(hidden > 0 ? [`and ${hidden} more; --top shows them`] : []),
    ...new Set(notes.map(printable)),
    ...cautions.map((caution) => `caution: ${caution}`),
  ];
}

function share({ liveBytes }: SnapshotSite, total: Bytes): Ratio {
  return total > 0 ? liveBytes / total : 0;
}

/** For `--json`. */
export function profileRecord(result: ProcessProfile, top: number): object {
  const total = totalBytes(result.profile);
  return {
    pid: result.pid,
    node_version: result.nodeVersion,
    timestamp: formatTime(result.atSeconds),
    heap_used_bytes: result.heapUsedBytes,
    sampled_seconds: result.sampledSeconds,
    pause_seconds: result.pauseSeconds,
    sample_interval: result.sampleIntervalBytes ?? null,
    foreign_sampler: result.foreignSampler,
    inspector: result.inspector,
    live_bytes: total,
    site_count: result.sites.length,
    sites: result.sites.slice(0, top).map((site) => ({
      function: site.functionName,
      file: site.file,
      line: site.line,
      column: site.column,
      live_bytes: site.liveBytes,
      count: site.count,
      share: share(site, total),
      origin: site.origin,
      ...(site.packageName !== undefined && { package: site.packageName }),
      ...(site.packageVersion !== undefined && { package_version: site.packageVersion }),
    })),
    cautions: result.cautions,
  };
}
