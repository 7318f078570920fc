// Names of snapshots: the time they were taken, so that they sort, and are fit for a URL and a file name.
import type { Seconds } from '../../units/index.ts';

/** `20260301T120000123Z`; a second one within a millisecond gets the next. */
export function snapshotIds(): (atSeconds: Seconds) => string {
  let lastMs = 0;
  return (atSeconds) => {
    lastMs = Math.max(Math.round(atSeconds * 1000), lastMs + 1);
    return new Date(lastMs).toISOString().replace(/[-:.]/g, '');
  };
}
