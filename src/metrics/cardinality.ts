// How many series and how long a label: every list whose length someone else decides is cut here, before it is rendered, so
// that a scrape's size has a bound whatever runs on the machine.
import type { AllocationSite } from '../model/index.ts';
import type { MetricsReading } from './reading.ts';

/** The most that the setting MONITORING_TRACKED_PROCESSES allows. */
const MAX_PROCESSES = 1000;
/** A verdict for each tracked process and each worker thread, and for the host, swap and the parts of one heap. */
const MAX_SUBJECTS = MAX_PROCESSES + 64 + 24;
/** One per source file and subsystem; four times as many as there are. */
const MAX_COLLECTORS = 64;
/** A label value longer than this helps nobody, and Prometheus keeps each in memory. Paths keep their end, which tells most. */
const MAX_LABEL_CHARACTERS = 200;

/** The reading, cut to the bounds: the first processes, subjects and collectors, the `topSites` largest sites. */
export function bounded(reading: MetricsReading, topSites: number): MetricsReading {
  const { processes, verdicts, sites, self } = reading;
  return {
    ...reading,
    ...(processes && { processes: processes.slice(0, MAX_PROCESSES) }),
    ...(verdicts && { verdicts: verdicts.slice(0, MAX_SUBJECTS) }),
    ...(sites && { sites: largestSites(sites, topSites) }),
    ...(self && { self: { ...self, collectors: self.collectors.slice(0, MAX_COLLECTORS) } }),
  };
}

/** Sites that differ in the column alone share one series, so they are added up first. */
function largestSites(sites: readonly AllocationSite[], count: number): readonly AllocationSite[] {
  const byLine = new Map<string, AllocationSite>();
  for (const site of sites) {
    const key = JSON.stringify([site.functionName, site.file, site.line]);
    const sameLine = byLine.get(key);
    byLine.set(key, sameLine ? { ...site, liveBytes: sameLine.liveBytes + site.liveBytes } : site);
  }
  return [...byLine.values()].sort((a, b) => b.liveBytes - a.liveBytes).slice(0, count);
}

/** A label's value as text that any scraper reads: well-formed, on one line, of bounded length. */
export function labelValue(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const clean = value.toWellFormed().replace(/\p{Cc}/gu, '\u{fffd}');
  return clean.length <= MAX_LABEL_CHARACTERS
    ? clean
    : `…${clean.slice(1 - MAX_LABEL_CHARACTERS)}`.toWellFormed();
}
