// The life of a uPlot in its place. It is made when the page is laid out and its size is known, in the same frame: asking for the
// size earlier would have the page laid out for each chart anew.
import 'uplot/dist/uPlot.min.css';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { type ChartSetup, chartOptions, type Size } from './chart-options.ts';

interface Made {
  readonly chart: uPlot;
  /** What it shows. */
  shown: ChartSetup;
}

export function useChart(place: { readonly current: HTMLDivElement | null }, setup: ChartSetup): void {
  const newest = useRef(setup);
  newest.current = setup;
  const made = useRef<Made | undefined>(undefined);
  const shape = setup.lines.map(({ metric, tone }) => metric + tone).join();

  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      const size = sizeOf(entry);
      if (made.current) return fit(made.current.chart, size);
      const chart = new uPlot(chartOptions(newest, size), newest.current.drawing.data, element);
      made.current = { chart, shown: newest.current };
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.current?.chart.destroy();
      made.current = undefined;
    };
  }, [shape, setup.palette]);

  const { drawing, span, marks, overlay, threshold, palette } = setup;
  const { fromSeconds, toSeconds } = span;
  useEffect(() => {
    // What was made for this very drawing need not be drawn again.
    if (!made.current || made.current.shown === setup) return;
    made.current.shown = setup;
    made.current.chart.batch((chart: uPlot) => {
      chart.setData(drawing.data, false);
      chart.setScale('x', { min: fromSeconds, max: toSeconds });
    });
  }, [drawing, shape, fromSeconds, toSeconds, marks, overlay, threshold, palette]);
}

function sizeOf(entry: ResizeObserverEntry | undefined): Size {
  const { width = 0, height = 0 } = entry?.contentRect ?? {};
  return { width: Math.max(100, Math.floor(width)), height: Math.floor(height) };
}

/** A size that has not changed would be drawn all the same. */
function fit(chart: uPlot, size: Size): void {
  if (size.width !== chart.width || size.height !== chart.height) chart.setSize(size);
}
