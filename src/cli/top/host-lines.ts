// The host in four lines: its name, the load line, what the parts of the load line are, and the other figures.
import { severityOf } from '../../alert/index.ts';
import type { HostMemory, HostSample, HostSwap, MemoryLimit, Severity } from '../../model/index.ts';
import { formatBytes, type Percent } from '../../units/index.ts';
import { printable } from '../output.ts';
import { padStart } from '../text-width.ts';
import { type Line, span } from './line.ts';
import { GLYPHS, loadLine, MARK, PART_STYLES, SEVERITY_STYLES } from './load-line.ts';

export interface HostView {
  readonly hostName: string;
  readonly host: HostSample;
  readonly thresholdPercent: Percent;
}

/** `columns` is how wide the load line may be. */
export function hostLines(
  { hostName, host, thresholdPercent }: HostView,
  processCount: number,
  columns: number,
): readonly Line[] {
  const title = [
    span('Plimsoll', 'bold'),
    span(`  ${printable(hostName)}  ${clockTime(host.atSeconds)}`, 'dim'),
  ];
  const figures = [span([...otherFigures(host), `${processCount} processes`].join(' · '))];
  if (!host.memory) return [title, [span('memory: nothing to read')], figures];
  const severity = breachSeverity(host.memory, thresholdPercent);
  return [
    title,
    [
      span(`${padStart(host.memory.percent.toFixed(1), 5)} % `, severity && SEVERITY_STYLES[severity]),
      ...loadLine(host.memory, thresholdPercent, Math.max(1, columns - 8), severity),
    ],
    legendLine(host.memory, thresholdPercent, severity),
    figures,
  ];
}

function breachSeverity({ percent }: HostMemory, thresholdPercent: Percent): Severity | undefined {
  return percent > thresholdPercent ? severityOf(percent, thresholdPercent) : undefined;
}

const SEVERITY_SHAPES: Readonly<Record<Severity, string>> = {
  warning: '●',
  medium: '▲',
  high: '■',
  critical: '■',
};

function legendLine(memory: HostMemory, thresholdPercent: Percent, severity: Severity | undefined): Line {
  const part = (name: 'cached' | 'buffers', bytes: number | undefined): Line =>
    bytes === undefined
      ? []
      : [span(GLYPHS[name], PART_STYLES[name]), span(` ${name} ${formatBytes(bytes)}  `)];
  return [
    span(GLYPHS.used, PART_STYLES.used),
    span(` used ${formatBytes(memory.usedBytes)} of ${formatBytes(memory.totalBytes)}  `),
    ...part('cached', memory.cachedBytes),
    ...part('buffers', memory.buffersBytes),
    span(`${MARK} ${thresholdPercent} %`),
    ...(severity ? [span(`  ${SEVERITY_SHAPES[severity]} ${severity}`, SEVERITY_STYLES[severity])] : []),
  ];
}

function otherFigures({ swap, pressure, cgroup, cpu }: HostSample): string[] {
  return [
    swap && swapText(swap),
    pressure?.some && `pressure ${pressure.some.avg10Percent.toFixed(1)} %`,
    cgroup && `limit ${limitText(cgroup.limit)}`,
    cpu?.percent === undefined ? undefined : `cpu ${cpu.percent.toFixed(1)} %`,
  ].filter((part) => part !== undefined);
}

function swapText({ usedBytes, totalBytes }: HostSwap): string {
  return totalBytes > 0 ? `swap ${formatBytes(usedBytes)} of ${formatBytes(totalBytes)}` : 'swap none';
}

function limitText(limit: MemoryLimit): string {
  return limit.kind === 'limited' ? formatBytes(limit.bytes) : 'none';
}

function clockTime(atSeconds: number): string {
  return `${new Date(atSeconds * 1000).toISOString().slice(11, 19)} UTC`;
}
