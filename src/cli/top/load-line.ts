// The load line: a band of the host's memory, filled from the left by used, cached and buffers, with the mark at the threshold.
// Use beyond the mark has a shape of its own besides the severity's colour.
import type { HostMemory, Severity } from '../../model/index.ts';
import type { Percent } from '../../units/index.ts';
import type { Style } from '../output.ts';
import { type Line, type Span, span } from './line.ts';

export type Part = 'used' | 'over' | 'cached' | 'buffers' | 'free';

export const GLYPHS: Readonly<Record<Part, string>> = {
  used: '▓',
  over: '█',
  cached: '▒',
  buffers: '░',
  free: ' ',
};
export const MARK = '⊖';

export const PART_STYLES = {
  used: 'water',
  cached: 'paleWater',
  buffers: 'palestWater',
} as const satisfies Partial<Record<Part, Style>>;

export const SEVERITY_STYLES: Readonly<Record<Severity, Style>> = {
  warning: 'yellow',
  medium: 'orange',
  high: 'red',
  critical: 'red',
};

/**
 * `width` columns. `severity`: what a breach of the threshold counts as; absent while there is none. Used is total minus
 * available, so cached and buffers may not have room for all they are: they are drawn as far as the band goes.
 */
export function loadLine(
  memory: HostMemory,
  thresholdPercent: Percent,
  width: number,
  severity: Severity | undefined,
): Line {
  const markColumn = Math.min(width - 1, Math.floor((thresholdPercent / 100) * width));
  const columns = Array.from({ length: width }, (_, column) => {
    const style = severity && SEVERITY_STYLES[severity];
    if (column === markColumn) return span(MARK, style ?? 'bold');
    const part = partAt(memory, (column + 0.5) / width, column > markColumn);
    return part === 'over' ? span(GLYPHS.over, style) : partSpan(part);
  });
  return joined(columns);
}

function partAt(memory: HostMemory, position: number, beyondMark: boolean): Part {
  const at = position * memory.totalBytes;
  const cachedFrom = memory.usedBytes;
  const buffersFrom = cachedFrom + (memory.cachedBytes ?? 0);
  const freeFrom = buffersFrom + (memory.buffersBytes ?? 0);
  if (at < cachedFrom) return beyondMark ? 'over' : 'used';
  if (at < buffersFrom) return 'cached';
  return at < freeFrom ? 'buffers' : 'free';
}

function partSpan(part: Exclude<Part, 'over'>): Span {
  return part === 'free' ? span(GLYPHS.free) : span(GLYPHS[part], PART_STYLES[part]);
}

/** Neighbours of one style as one span: one escape sequence instead of many. */
function joined(spans: readonly Span[]): Line {
  const line: Span[] = [];
  for (const next of spans) {
    const last = line.at(-1);
    if (last && last.style === next.style) line[line.length - 1] = span(last.text + next.text, last.style);
    else line.push(next);
  }
  return line;
}
