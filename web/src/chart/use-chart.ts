// The life of a uPlot in its place. It is made before the frame that shows the rest: waiting for an observer of its size to speak
// would cost the first view a frame.
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
    const chart = new uPlot(chartOptions(newest, sizeOf(element)), newest.current.drawing.data, element);
    made.current = { chart, shown: newest.current };
    const observer = new ResizeObserver(() => fit(chart, sizeOf(element)));
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.destroy();
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

function sizeOf(element: HTMLElement): Size {
  return { width: Math.max(100, element.clientWidth), height: element.clientHeight };
}

/** A size that has not changed would be drawn all the same. */
function fit(chart: uPlot, size: Size): void {
  if (size.width !== chart.width || size.height !== chart.height) chart.setSize(size);
}
