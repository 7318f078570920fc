// Colours of boxes: whose code it is; or, in a difference, red for what grew and blue for what shrank, the stronger the larger
// the part that changed.
import type { Palette } from '../../chart/palette.ts';
import type { FlameTree } from './tree.ts';

export interface FlameColours {
  readonly own: string;
  readonly dependency: string;
  readonly neutral: string;
  readonly grew: readonly string[];
  readonly shrank: readonly string[];
}

const STEPS = 8;

export function flameColours(
  palette: Palette,
  soft: { readonly own: string; readonly neutral: string },
): FlameColours {
  const steps = (colour: string) =>
    Array.from({ length: STEPS }, (_, step) => mix(soft.neutral, colour, (step + 1) / STEPS));
  return {
    own: palette.own,
    dependency: soft.own,
    neutral: soft.neutral,
    grew: steps(palette.grew),
    shrank: steps(palette.shrank),
  };
}

export function colourOfBox(tree: FlameTree, box: number, compared: boolean, colours: FlameColours): string {
  if (compared) return colourOfChange(tree.bytes[box] as number, tree.beforeBytes[box] as number, colours);
  switch (tree.places[tree.place[box] as number]?.origin.kind) {
    case 'application':
      return colours.own;
    case 'dependency':
      return colours.dependency;
    case 'node':
    case 'native':
    case 'external':
    case undefined:
      return colours.neutral;
  }
}

function colourOfChange(bytes: number, before: number, { grew, shrank, neutral }: FlameColours): string {
  const part = Math.abs(bytes - before) / Math.max(bytes, before, 1);
  const step = Math.ceil(part * STEPS) - 1;
  return (bytes >= before ? grew : shrank)[step] ?? neutral;
}

/** Ink that can be read on a fill. */
export function inkOn(fill: string): string {
  const [red, green, blue] = channels(fill).map((value) => (value / 255) ** 2.2) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.2 ? '#10161d' : '#ffffff';
}

function mix(from: string, to: string, part: number): string {
  const target = channels(to);
  const mixed = channels(from).map((value, index) =>
    Math.round(value + ((target[index] ?? 0) - value) * part),
  );
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Of `#rrggbb`. */
function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
