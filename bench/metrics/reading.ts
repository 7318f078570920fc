// The reading that is measured: every family present, 50 tracked processes, as many sites as a scrape shows, a verdict each.
import type { MetricsReading } from '../../src/metrics/index.ts';
import type { Verdict } from '../../src/model/index.ts';
import { MIB } from '../../src/units/index.ts';
import { manyProcesses, RICH_READING } from '../../test/metrics/reading.ts';

export const TRACKED_PROCESSES = 50;

export function measuredReading(): MetricsReading {
  const processes = manyProcesses(TRACKED_PROCESSES);
  const verdicts = processes.map(
    ({ pid }): Verdict => ({
      subject: `process:${pid}`,
      kind: 'stable',
      confidence: 0.9,
      growthBytesPerSecond: 12.5,
      evidence: [],
    }),
  );
  const sites = Array.from({ length: 30 }, (_, index) => ({
    functionName: `handler${index}`,
    file: `/srv/shop/src/routes/module-${index}.ts`,
    line: index + 1,
    column: 1,
    liveBytes: index * MIB,
    count: index,
  }));
  return { ...RICH_READING, processes, verdicts, sites };
}
