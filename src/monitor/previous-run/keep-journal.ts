// Writes the journal of this run while it lasts: from the monitor's own thread, so that it goes on while the application is wedged.
// A look a second costs next to nothing; what has hardly changed is not written again.
import type { SiteReading } from '../../leak/index.ts';
import { present } from '../../model/index.ts';
import type { Bytes, Ratio, Seconds } from '../../units/index.ts';
import type { Clock } from '../clock.ts';
import type { Latest } from '../monitor.ts';
import type { HeapSource } from '../parts.ts';
import { startSchedule } from '../schedule.ts';
import type { JournalWriter } from './journal.ts';
import type { JournalSample } from './journal-line.ts';

const LOOK_SECONDS: Seconds = 1;
/** The application's thread writes its figures once a second, unless it is busy. */
const STALE_SECONDS: Seconds = 1.2;
/** Without a change a sample is written this often. */
const MOST_SILENCE_SECONDS: Seconds = 30;
const LEAST_CHANGE: Ratio = 0.01;
/** Of a reading. What grows is among the largest, and the journal is bounded. */
const SITES_KEPT = 20;

export interface JournalKeeping {
  readonly journal: JournalWriter;
  readonly clock: Clock;
  readonly rssBytes: () => Bytes;
  readonly heap: HeapSource;
  /** What the kernel says, as old as the newest sample. */
  readonly latest: () => Latest | undefined;
  /** Oldest first. Asked once a second: the place to see to it that there is a new one from time to time. */
  readonly siteReadings: () => readonly SiteReading[];
}

/** Until the returned function is called. */
export function keepJournal(keeping: JournalKeeping): () => void {
  const { clock, journal } = keeping;
  let written: JournalSample | undefined;
  let newestReading: SiteReading | undefined;
  const look = async (): Promise<void> => {
    const sample = await readSample(keeping);
    if (isNews(sample, written)) {
      journal.write({ kind: 'sample', sample });
      written = sample;
    }
    const reading = keeping.siteReadings().at(-1);
    if (!reading || reading === newestReading) return;
    newestReading = reading;
    // Its own time is monotonic, and means nothing to the next run.
    const atSeconds = clock.wallSeconds();
    const sites = reading.sites.slice(0, SITES_KEPT);
    journal.write({ kind: 'sites', reading: { ...reading, atSeconds, sites } });
  };
  const schedule = startSchedule({ clock, intervalSeconds: () => LOOK_SECONDS, run: look });
  return () => {
    void schedule.stop();
    journal.close();
  };
}

async function readSample({ clock, rssBytes, heap, latest }: JournalKeeping): Promise<JournalSample> {
  const { usedBytes, totalBytes, externalBytes } = (await heap.read(STALE_SECONDS)) ?? {};
  const { cgroup, paging, memory } = latest()?.host ?? {};
  return {
    atSeconds: clock.wallSeconds(),
    rssBytes: rssBytes(),
    ...present({
      heapUsedBytes: usedBytes,
      heapTotalBytes: totalBytes,
      externalBytes,
      cgroupBytes: cgroup?.workingSetBytes ?? cgroup?.usageBytes,
      cgroupLimitBytes: cgroup?.limit.kind === 'limited' ? cgroup.limit.bytes : undefined,
      cgroupOomKills: cgroup?.events?.oomKill,
      hostOomKills: paging?.oomKills,
      hostMemoryPercent: memory?.percent,
    }),
  };
}

function isNews(sample: JournalSample, before: JournalSample | undefined): boolean {
  if (!before) return true;
  const changed = (figure: 'rssBytes' | 'heapUsedBytes' | 'externalBytes' | 'hostOomKills'): boolean => {
    const [now = 0, then = 0] = [sample[figure], before[figure]];
    return Math.abs(now - then) > LEAST_CHANGE * then;
  };
  // A clock that was set back must not silence the journal.
  const age = Math.abs(sample.atSeconds - before.atSeconds);
  return (
    age >= MOST_SILENCE_SECONDS ||
    changed('rssBytes') ||
    changed('heapUsedBytes') ||
    changed('externalBytes') ||
    changed('hostOomKills')
  );
}
