// Readings of the allocation sites over the whole life of the process in constant memory: when the series is full, every
// second reading goes and the time between two of them doubles, up to where growth would be noticed too late; from then on the
// oldest goes.
import type { SiteReading } from '../../leak/index.ts';
import type { Seconds } from '../../units/index.ts';

export interface ReadingSeries {
  /** Whether enough time has passed since the newest one. */
  isDue(nowSeconds: Seconds): boolean;
  add(reading: SiteReading): void;
  /** Oldest first. */
  readings(): readonly SiteReading[];
  spacingSeconds(): Seconds;
}

const MAX_READINGS = 32;
const FIRST_SPACING_SECONDS: Seconds = 1;
/** 32 readings of 5 minutes look back over more than two and a half hours. */
const MAX_SPACING_SECONDS: Seconds = 300;

export function createReadingSeries(): ReadingSeries {
  let readings: SiteReading[] = [];
  let spacing = FIRST_SPACING_SECONDS;
  return {
    // A clock that was set back must not stop the series.
    isDue: (nowSeconds) => Math.abs(nowSeconds - (readings.at(-1)?.atSeconds ?? -Infinity)) >= spacing,
    add(reading) {
      readings.push(reading);
      if (readings.length <= MAX_READINGS) return;
      if (spacing < MAX_SPACING_SECONDS) {
        readings = readings.filter((_, index) => index % 2 === 0);
        spacing = Math.min(2 * spacing, MAX_SPACING_SECONDS);
      } else readings.shift();
    },
    readings: () => readings,
    spacingSeconds: () => spacing,
  };
}
