// Draws a flame graph on a canvas. A name is written whole or not at all.
import { shortPath } from '../../part/short-path.ts';
import { colourOfBox, type FlameColours, inkOn } from './colour.ts';
import { type FlamePlace, type FlameTree, ROOT } from './tree.ts';
import { BOX_HEIGHT, forEachBox } from './view.ts';

export interface Scene {
  readonly tree: FlameTree;
  readonly focus: number;
  /** Whether there is a snapshot before to compare with. */
  readonly compared: boolean;
  readonly marked: number | undefined;
  /** By place; undefined while nothing is searched for. */
  readonly matches: readonly boolean[] | undefined;
  readonly colours: FlameColours;
  readonly ground: string;
  readonly ink: string;
}

const PADDING = 5;
const LEAST_LABEL_PIXELS = 28;
const DIM = 0.25;

export function paintFlame(canvas: HTMLCanvasElement, width: number, height: number, scene: Scene): void {
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const ctx = canvas.getContext('2d', { alpha: false });
  if (!ctx) return;
  ctx.scale(ratio, ratio);
  ctx.fillStyle = scene.ground;
  ctx.fillRect(0, 0, width, height);
  ctx.font = '12px system-ui, sans-serif';
  ctx.textBaseline = 'middle';
  const label = createLabels(ctx, scene.tree);
  forEachBox(scene.tree, scene.focus, width, ({ box, x, y, width: boxWidth }) => {
    const fill = colourOfBox(scene.tree, box, scene.compared, scene.colours);
    ctx.globalAlpha = isDim(scene, box) ? DIM : 1;
    ctx.fillStyle = fill;
    ctx.fillRect(x, y, Math.max(0.5, boxWidth - 1), BOX_HEIGHT - 1);
    if (boxWidth >= LEAST_LABEL_PIXELS) {
      ctx.fillStyle = ctx.globalAlpha < 1 ? scene.ink : inkOn(fill);
      ctx.globalAlpha = 1;
      ctx.fillText(label(box, boxWidth - 2 * PADDING), x + PADDING, y + BOX_HEIGHT / 2);
    }
    ctx.globalAlpha = 1;
    if (box === scene.marked) outline(ctx, scene.ink, x, y, boxWidth);
  });
}

function isDim({ tree, focus, matches }: Scene, box: number): boolean {
  if (matches) return box !== ROOT && !matches[tree.place[box] as number];
  return box < focus;
}

function outline(ctx: CanvasRenderingContext2D, ink: string, x: number, y: number, width: number): void {
  ctx.strokeStyle = ink;
  ctx.lineWidth = 2;
  ctx.strokeRect(x + 1, y + 1, Math.max(1, width - 3), BOX_HEIGHT - 3);
}

/** The longest of a place's names that fits. Each is measured once. */
function createLabels(ctx: CanvasRenderingContext2D, tree: FlameTree): (box: number, room: number) => string {
  const measured = new Map<number, readonly (readonly [text: string, width: number])[]>();
  const measure = (place: number) => {
    const known = tree.places[place];
    const names = known ? labelsOf(known) : ['all live memory', 'all'];
    return names.map((text) => [text, ctx.measureText(text).width] as const);
  };
  return (box, room) => {
    const place = tree.place[box] as number;
    const names = measured.get(place) ?? measure(place);
    measured.set(place, names);
    return names.find(([, width]) => width <= room)?.[0] ?? '';
  };
}

/** `remember  src/orders.ts:41`, `remember`. */
export function labelsOf(place: FlamePlace): readonly string[] {
  const name = nameOf(place);
  return place.file === '' ? [name] : [`${name}  ${shortPath(place.file)}:${place.line}`, name];
}

export function nameOf({ functionName }: Pick<FlamePlace, 'functionName'>): string {
  return functionName || '(anonymous)';
}
