// The engine over weeks of simulated time: a real store, real roll-ups and retention, processes that come and go, and a clock
// that is turned by hand. Whatever it kept without a bound would show in its heap.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openStore } from '../../src/history/index.ts';
import type { HostSample, ProcessSample } from '../../src/model/index.ts';
import { startEngine } from '../../src/monitor/engine.ts';
import { type Bytes, GIB, MIB } from '../../src/units/index.ts';
import { createManualClock } from '../../test/manual-clock.ts';

export interface HeapAfter {
  readonly samples: number;
  readonly heapUsedBytes: Bytes;
}

const PROCESSES = 200;
const TOTAL = 16 * GIB;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** The heap, after a full collection, each time another `every` samples were taken. */
export async function measureSimulated(samples: number, every: number): Promise<readonly HeapAfter[]> {
  const clock = createManualClock();
  const dataDir = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  const opening = openStore({
    dataDir,
    maxBytes: 64 * MIB,
    retentionDays: 30,
    nowSeconds: clock.wallSeconds(),
  });
  if (opening.kind === 'refused') throw opening.error;
  let taken = 0;
  const monitor = startEngine({
    parts: {
      clock,
      log: () => {},
      host: {
        sample: () => {
          taken += 1;
          return hostSample(taken, clock.wallSeconds());
        },
        close: () => {},
      },
      processes: {
        scan: () => ({
          atSeconds: clock.wallSeconds(),
          durationSeconds: 0,
          processes: processesAt(taken),
          vanished: 0,
          denied: 0,
          malformed: 0,
        }),
        close: () => {},
      },
      heap: { read: async () => undefined },
      self: { cpuSeconds: () => 0, memoryBytes: () => 0 },
      history: opening.history,
      memoryMap: () => undefined,
    },
    mode: 'agent',
    version: '0.0.0',
    layers: {},
  });
  const readings: HeapAfter[] = [];
  try {
    for (let goal = every; goal <= samples; goal += every) {
      while (taken < goal) await clock.advance(10);
      await monitor.metricsText(undefined);
      collect();
      readings.push({ samples: taken, heapUsedBytes: process.memoryUsage().heapUsed });
    }
  } finally {
    await monitor.stop();
    rmSync(dataDir, { recursive: true });
  }
  return readings;
}

/** Crosses the threshold now and then, so that incidents come and go too. */
function hostSample(sample: number, atSeconds: number): HostSample {
  const percent = 60 + 35 * Math.sin(sample / 500);
  const availableBytes = TOTAL * (1 - percent / 100);
  return {
    atSeconds,
    memory: {
      totalBytes: TOTAL,
      availableBytes,
      usedBytes: TOTAL - availableBytes,
      freeBytes: availableBytes,
      percent,
    },
    swap: { totalBytes: 0, usedBytes: 0, freeBytes: 0, percent: 0 },
    collectors: [],
  };
}

/** A tenth of the processes is replaced every hundred samples. */
function processesAt(sample: number): ProcessSample[] {
  return Array.from({ length: PROCESSES }, (_, index) => {
    const generation = index % 10 === 0 ? Math.floor(sample / 100) : 0;
    const rssBytes = (10 + index) * MIB + ((sample * (index + 1)) % 1000) * 4096;
    return {
      pid: 1000 + index + generation * PROCESSES,
      startTicks: generation,
      parentPid: 1,
      name: `process-${index}`,
      command: `/usr/bin/process-${index} --generation ${generation}`,
      state: 'S',
      startedAtSeconds: 0,
      rssBytes,
      vmsBytes: 2 * rssBytes,
      cpuSeconds: sample / 10,
      cpuPercent: index / 10,
      threads: 1,
      memoryPercent: (rssBytes / TOTAL) * 100,
    };
  });
}
