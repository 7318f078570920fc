// The tokens of the style sheet as a canvas needs them. A canvas does not follow the colour scheme by itself.
import { useEffect, useState } from 'preact/hooks';
import type { MarkKind } from './mark.ts';

export interface Palette {
  readonly ground: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  /** Three tones of one hue, strongest first. */
  readonly water: readonly [string, string, string];
  readonly own: string;
  readonly soft: { readonly own: string; readonly neutral: string };
  readonly grew: string;
  readonly shrank: string;
  readonly marks: Readonly<Record<MarkKind, string>>;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: token('ground'),
    ink: token('ink'),
    quiet: token('quiet'),
    line: token('line'),
    water: [token('water-1'), token('water-2'), token('water-3')],
    own: token('own'),
    soft: { own: token('own-soft'), neutral: token('neutral') },
    grew: token('grew'),
    shrank: token('shrank'),
    marks: {
      warning: token('amber'),
      medium: token('orange'),
      high: token('red'),
      critical: token('red'),
      restart: token('quiet'),
      snapshot: token('own'),
      collection: token('quiet'),
    },
  };
}

/** Read again when the system's scheme changes. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(readPalette);
  useEffect(() => {
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const read = () => setPalette(readPalette());
    scheme.addEventListener('change', read);
    return () => scheme.removeEventListener('change', read);
  }, []);
  return palette;
}
