// One chart over time. All charts of a view share the axis, the crosshair and the zoom: drag to look closer, double-click to go
// back; the keyboard does the same.
import './chart.css';
import { useMemo, useRef, useState } from 'preact/hooks';
import type uPlot from 'uplot';
import { between, type Span } from '../navigation/range.ts';
import { useDashboard } from '../state/dashboard.tsx';
import type { Columns } from './columns.ts';
import { keyToSpan } from './keyboard.ts';
import { Legend } from './legend.tsx';
import { drawLines, drawStack, type Line } from './lines.ts';
import type { Mark } from './mark.ts';
import { type Palette, usePalette } from './palette.ts';
import { formatValue, type Unit } from './scale-format.ts';
import { useChart } from './use-chart.ts';

export interface ChartProps {
  readonly title: string;
  readonly unit: Unit;
  readonly columns: Columns;
  readonly lines: readonly Line[];
  readonly span: Span;
  readonly size: 'large' | 'small';
  readonly stacked?: boolean;
  readonly threshold?: number;
  /** The axis reaches at least this far. */
  readonly atLeast?: number;
  readonly marks?: readonly Mark[];
  /** Painted over everything else. */
  readonly overlay?: (chart: uPlot, palette: Palette) => void;
}

const NO_MARKS: readonly Mark[] = [];

export function Chart(props: ChartProps) {
  const { title, unit, columns, lines, span, size, stacked = false, threshold } = props;
  const { location } = useDashboard();
  const palette = usePalette();
  const place = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const drawing = useMemo(
    () => (stacked ? drawStack : drawLines)(columns, lines, palette),
    [columns, lines, palette, stacked],
  );
  const zoom = (next: Span) => {
    const range = between(next.fromSeconds, next.toSeconds);
    if (range) location.setRange(range);
  };
  useChart(place, {
    ...props,
    palette,
    drawing,
    zoom,
    zoomBack: () => location.zoomBack(),
    onCursor: setCursor,
  });

  return (
    <figure class={`chart ${size}`}>
      <figcaption>
        <h3>{title}</h3>
        <Legend {...{ unit, columns, lines, cursor, threshold, palette }} marks={props.marks ?? NO_MARKS} />
      </figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups inputs, and this has none */}
      <div
        class="plot"
        ref={place}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it zooms by keys
        tabIndex={0}
        aria-label={`${describe(props)} Arrow keys move, plus and minus zoom, Escape goes back.`}
        onKeyDown={(event) => {
          if (event.key === 'Escape') location.zoomBack();
          const next = keyToSpan(event.key, span);
          if (!next) return;
          event.preventDefault();
          zoom(next);
        }}
      />
    </figure>
  );
}

/** What the lines show, for who cannot see them. */
function describe({ title, unit, columns, lines }: ChartProps): string {
  const sentences = lines.map(({ metric, label }) => {
    const known = columns.metrics[metric]?.mean.filter((value) => value !== null) ?? [];
    if (known.length === 0) return `${label}: nothing measured.`;
    const [low, high] = [Math.min(...known), Math.max(...known)].map((value) => formatValue(unit, value));
    return `${label}: last ${formatValue(unit, known.at(-1))}, between ${low} and ${high}.`;
  });
  return `${title} over time. ${sentences.join(' ')}`;
}
