// Hampel's filter ("The influence curve and its role in robust estimation", 1974): a value far above its neighbours says something
// of a moment, not of the floor.
import { median } from './record.ts';
import type { Column } from './regression.ts';

/** Buckets on either side: what is up for fewer than so many is a spike. */
const REACH = 12;
const DEVIATIONS = 5;
/** Of a normal distribution: its standard deviation over its median deviation. */
const NORMAL = 1.4826;

export function withoutSpikes(values: Column): Column {
  const centres = movingMedians(values);
  const deviations = values.map((value, index) => Math.abs(value - (centres[index] as number)));
  const most = DEVIATIONS * NORMAL * median(deviations);
  return values.map((value, index) => {
    const centre = centres[index] as number;
    return value - centre > most ? centre : value;
  });
}

/**
 * The window is symmetric, so that a trend is no deviation, and shrinks towards the end, where a rise is news; at the beginning it looks
 * ahead, for what was given back later was a spike. It is kept in order while it slides: every look at every series takes this way.
 */
function movingMedians(values: Column): Column {
  const medians = new Float64Array(values.length);
  const window = createWindow(2 * REACH + 3);
  let from = 0;
  let to = 0;
  for (let index = 0; index < values.length; index++) {
    const reach = Math.min(REACH, values.length - 1 - index);
    const first = Math.max(0, index - reach);
    const end = Math.min(values.length, first + 2 * reach + 1);
    while (to < end) window.insert(values[to++] as number);
    while (from < first) window.remove(values[from++] as number);
    medians[index] = window.middle();
  }
  return medians;
}

/** A few values in rising order. */
function createWindow(capacity: number) {
  const sorted = new Float64Array(capacity);
  let size = 0;
  return {
    insert(value: number): void {
      let place = size++;
      for (; place > 0 && (sorted[place - 1] as number) > value; place--)
        sorted[place] = sorted[place - 1] as number;
      sorted[place] = value;
    },
    /** One that is in it. */
    remove(value: number): void {
      let place = sorted.indexOf(value);
      size -= 1;
      for (; place < size; place++) sorted[place] = sorted[place + 1] as number;
    },
    middle: (): number => sorted[size >> 1] as number,
  };
}
