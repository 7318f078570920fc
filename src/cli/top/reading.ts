// What the table shows: the host and its processes as they are now, and what the last minutes tell of their growth.
import type { Settings } from '../../config/index.ts';
import { createProcessHistory } from '../../history/index.ts';
import { createHostReader, createProcessTable, type ReadingClock } from '../../host/index.ts';
import { type HostSample, type ProcessKey, processKey, type Trend } from '../../model/index.ts';
import { processTrend } from '../../monitor/trends.ts';
import { HOUR } from '../../units/index.ts';
import type { ProcessRow } from './view.ts';

export interface TopReading {
  readonly host: HostSample;
  readonly rows: readonly ProcessRow[];
}

export interface TopSource {
  /** @throws the system's error where the process table cannot be read whole. */
  read(): TopReading;
  close(): void;
}

/** More than the tallest terminal shows: the rest neither is large nor grows. */
const MOST_TRACKED = 200;
/** Five minutes at the default interval: long enough for a slope, short enough to follow what is being looked at. */
const HISTORY_SAMPLES = 150;
/** A line through fewer readings than this is a guess: start-up noise would read as gigabytes an hour. */
const LEAST_SAMPLES = 5;

export function openTopSource({ procRoot, cgroupRoot }: Settings, clock: ReadingClock): TopSource {
  const host = createHostReader({ procRoot, cgroupRoot, clock });
  const table = createProcessTable({ procRoot, clock });
  const history = createProcessHistory({
    size: HISTORY_SAMPLES,
    maxTracked: MOST_TRACKED,
    ownPid: process.pid,
  });
  return {
    read() {
      const sample = host.sample();
      const scan = table.scan(sample.memory?.totalBytes ?? 0);
      history.record(scan);
      const trends = new Map<ProcessKey, Trend>();
      for (const tracked of history.trends()) trends.set(processKey(tracked), processTrend(tracked).rssTrend);
      return {
        host: sample,
        rows: scan.processes.map((process) => ({ ...process, ...growthOf(trends.get(processKey(process))) })),
      };
    },
    close() {
      host.close();
      table.close();
    },
  };
}

function growthOf(trend: Trend | undefined): Pick<ProcessRow, 'growthBytesPerSecond' | 'direction'> {
  if (!trend || trend.points < LEAST_SAMPLES) return { direction: 'insufficient_data' };
  return { direction: trend.direction, growthBytesPerSecond: trend.slopePerHour / HOUR };
}
