// Feeds scans of a large process table to the process history: what it costs to choose whom to track and to keep their points.
import { createProcessHistory } from '../../src/history/index.ts';
import type { ProcessSample } from '../../src/model/index.ts';
import { createRandom } from '../leak/random.ts';
import { type Spread, spread } from '../metrics/statistics.ts';
import { START_SECONDS, TRACKED } from './records.ts';

export const TABLE_SIZE = 5000;
const SCANS = 300;
const WARM_UP = 50;

/** Of one scan, wall time. */
export function measureChoosing(seed: number): Spread {
  const random = createRandom(seed);
  const history = createProcessHistory({ size: 100, maxTracked: TRACKED, ownPid: 1 });
  const table = Array.from({ length: TABLE_SIZE }, (_, pid) =>
    processSample(pid + 1, random.scale(1e6, 1e9)),
  );
  const times: number[] = [];
  for (let scan = 0; scan < SCANS; scan += 1) {
    const processes = table.map((sample) => ({
      ...sample,
      rssBytes: sample.rssBytes * random.between(0.95, 1.05),
      cpuPercent: random.between(0, 5),
    }));
    const atSeconds = START_SECONDS + scan * 10;
    const started = performance.now();
    history.record({ atSeconds, durationSeconds: 0, processes, vanished: 0, denied: 0, malformed: 0 });
    times.push(performance.now() - started);
  }
  return spread(times.slice(WARM_UP));
}

function processSample(pid: number, rssBytes: number): ProcessSample {
  return {
    pid,
    startTicks: pid * 3,
    parentPid: 1,
    name: `process-${pid}`,
    command: `process-${pid}`,
    state: 'S',
    startedAtSeconds: START_SECONDS - 1000,
    rssBytes,
    vmsBytes: 4 * rssBytes,
    cpuSeconds: 1,
    threads: 1,
    memoryPercent: 0.1,
  };
}
