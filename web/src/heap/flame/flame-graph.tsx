// The flame graph: width is live bytes. Click a box to look closer, Escape to come back, arrow keys to walk.
import './flame.css';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatBytes, formatCount } from '../../../../src/units/index.ts';
import { usePalette } from '../../chart/palette.ts';
import { flameColours } from './colour.ts';
import { labelsOf, paintFlame } from './paint.ts';
import { type FlameTree, ROOT } from './tree.ts';
import { boxAt, heightOf, neighbour } from './view.ts';

export interface FlameGraphProps {
  readonly tree: FlameTree;
  readonly compared: boolean;
  /** What to find in functions and files; nothing is dimmed while it is empty. */
  readonly search: string;
}

export function FlameGraph({ tree, compared, search }: FlameGraphProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(canvas);
  const [focus, setFocus] = useState(ROOT);
  const [marked, setMarked] = useState<number>();
  const palette = usePalette();
  const colours = useMemo(() => flameColours(palette, palette.soft), [palette]);
  const matches = useMemo(() => matchPlaces(tree, search), [tree, search]);
  const height = useMemo(() => heightOf(tree, focus, width), [tree, focus, width]);

  useEffect(() => {
    setFocus(ROOT);
    setMarked(undefined);
  }, [tree]);
  // In the frame that shows the rest of it.
  useLayoutEffect(() => {
    const { ground, ink } = palette;
    if (canvas.current && focus < tree.place.length)
      paintFlame(canvas.current, width, height, {
        tree,
        focus,
        compared,
        marked,
        matches,
        colours,
        ground,
        ink,
      });
  }, [tree, focus, width, height, compared, marked, matches, colours, palette]);

  const at = (event: MouseEvent) => boxAt(tree, focus, width, event.offsetX, event.offsetY);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = neighbour(tree, marked ?? focus, event.key);
    if (next !== undefined) setMarked(next);
    else if (event.key === 'Enter' && marked !== undefined) setFocus(marked);
    else if (event.key === 'Escape') setFocus(ROOT);
    else return;
    event.preventDefault();
  };
  return (
    <div class="flame">
      <p class="detail clip" role="status">
        {describeBox(tree, marked ?? focus, compared)}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: it is an image that is walked by keys; the table has it all in text */}
      <div
        class="graph"
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is walked by keys
        tabIndex={0}
        aria-label="Flame graph of live memory. Arrow keys walk, Enter looks closer, Escape comes back. The table below has the same in text."
        onKeyDown={onKeyDown}
      >
        <canvas
          ref={canvas}
          style={{ height: `${height}px` }}
          onMouseMove={(event) => setMarked(at(event))}
          onMouseLeave={() => setMarked(undefined)}
          onClick={(event) => setFocus(at(event) ?? ROOT)}
        />
      </div>
    </div>
  );
}

export function describeBox(tree: FlameTree, box: number, compared: boolean): string {
  const bytes = tree.bytes[box] ?? 0;
  const share = (bytes / Math.max(1, tree.bytes[ROOT] as number)) * 100;
  const place = tree.places[tree.place[box] ?? -1];
  const name = place ? (labelsOf(place)[0] ?? '') : 'All live memory';
  const growth = bytes - (tree.beforeBytes[box] ?? 0);
  const change = compared ? ` · ${growth >= 0 ? '+' : ''}${formatBytes(growth)}` : '';
  const count = tree.count[box] ?? 0;
  const objects = count > 0 ? ` · ${formatCount(count)} objects` : '';
  return `${name} — ${formatBytes(bytes)}, ${share.toFixed(1)} %${change}${objects}`;
}

function matchPlaces({ places }: FlameTree, search: string): readonly boolean[] | undefined {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return undefined;
  return places.map(({ functionName, file }) => `${functionName} ${file}`.toLowerCase().includes(wanted));
}

function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(1200);
  useEffect(() => {
    const watched = element.current?.parentElement;
    if (!watched) return;
    const read = () => setWidth(Math.max(200, watched.clientWidth));
    read();
    const resize = new ResizeObserver(read);
    resize.observe(watched);
    return () => resize.disconnect();
  }, []);
  return width;
}
