// Moving through time by keys.
import type { Span } from '../navigation/range.ts';

const STEP = 0.25;

/** The stretch a key asks for, from the one that is shown; undefined for other keys. */
export function keyToSpan(key: string, { fromSeconds, toSeconds }: Span): Span | undefined {
  const length = toSeconds - fromSeconds;
  const change = (from: number, to: number): Span => ({
    fromSeconds: fromSeconds + from * length,
    toSeconds: toSeconds + to * length,
  });
  switch (key) {
    case 'ArrowLeft':
      return change(-STEP, -STEP);
    case 'ArrowRight':
      return change(STEP, STEP);
    case '+':
    case '=':
      return change(STEP, -STEP);
    case '-':
      return change(-0.5, 0.5);
    default:
      return undefined;
  }
}
