// The results as a page for people.
import { quantile } from '../metrics/statistics.ts';
import type { Result } from './comparison.ts';
import type { LateMilliseconds, Place } from './event-loop.ts';

export interface Results {
  readonly machine: { readonly processors: number; readonly kernel: string; readonly node: string };
  readonly extraProcesses: number;
  readonly scanners: readonly Result[];
  readonly leftOut: readonly string[];
  readonly eventLoop: { readonly extraProcesses: number; readonly lateMilliseconds: LateMilliseconds };
}

export function page({ machine, extraProcesses, scanners, leftOut, eventLoop }: Results): string {
  return `# What a scan of the process table costs

${machine.processors} processors, Linux ${machine.kernel}, Node.js ${machine.node}; the machine was not idle. \`node bench/scan/run.ts\`.

## Against others, with ${extraProcesses} more processes than the machine had

All fields: name, command line, state, parent, start, processor time, RSS, VMS, threads. The scanners take turns; a ratio is the
median of those to the scan in C of the same round. The scan in C reads and parses the same files through kept descriptors, and
reads no command lines. \`ps\` is started for each scan. Processor time (CPU) leaves out what else the machine did meanwhile.

| | median, ms | least, ms | ratio to C | CPU, ms | CPU ratio to C | processes | scans |
|---|---:|---:|---:|---:|---:|---:|---:|
${scanners.map(scannerRow).join('\n')}
${leftOut.map((name) => `\nLeft out, because it could not be installed: ${name}.`).join('')}
## How late an application's timers fire, with ${eventLoop.extraProcesses} more processes

99.9th percentile of timers of 1 ms, a scan each second; medians of ${eventLoop.lateMilliseconds.nowhere.length} blocks of 10 s, in turns.

| scan | p99.9, ms | ratio to none |
|---|---:|---:|
${lateRows(eventLoop.lateMilliseconds).join('\n')}
`;
}

function scannerRow({
  name,
  milliseconds,
  ratio,
  cpuMilliseconds,
  cpuRatio,
  processes,
  scans,
}: Result): string {
  const wall = [milliseconds.median.toFixed(1), milliseconds.min.toFixed(1), ratio.median.toFixed(2)];
  const cpu = [orDash(cpuMilliseconds.median, 1), orDash(cpuRatio.median, 2)];
  return `| ${[name, ...wall, ...cpu, processes, scans].join(' | ')} |`;
}

function orDash(value: number, digits: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(digits);
}

function lateRows(late: LateMilliseconds): readonly string[] {
  const medianOf = (place: Place): number => quantile(late[place], 0.5);
  return (Object.keys(late) as Place[]).map(
    (place) =>
      `| ${place} | ${medianOf(place).toFixed(2)} | ${(medianOf(place) / medianOf('nowhere')).toFixed(2)} |`,
  );
}
