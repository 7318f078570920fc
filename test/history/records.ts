// Records to test histories with: as much as a test wants to say, the rest filled in; and arbitrary ones.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import fc from 'fast-check';
import { type History, type HistoryRecord, openStore, type StoreOptions } from '../../src/history/index.ts';
import type { Delivery, HostSample, Incident, ProcessSample } from '../../src/model/index.ts';
import { MIB } from '../../src/units/index.ts';

/** A time on the hour. */
export const NOON = 1_760_011_200;

export function hostAt(atSeconds: number, usedBytes = 4_000_000_000): HostSample {
  const totalBytes = 8_000_000_000;
  return {
    atSeconds,
    memory: {
      totalBytes,
      availableBytes: totalBytes - usedBytes,
      usedBytes,
      freeBytes: 1_000_000_000,
      percent: (usedBytes / totalBytes) * 100,
    },
    collectors: [],
  };
}

export function processSample(fields: Partial<ProcessSample> = {}): ProcessSample {
  return {
    pid: 42,
    startTicks: 1000,
    parentPid: 1,
    name: 'node',
    command: 'node app.js',
    state: 'S',
    startedAtSeconds: NOON - 3600,
    rssBytes: 100 * MIB,
    vmsBytes: 900 * MIB,
    cpuSeconds: 36,
    cpuPercent: 1,
    threads: 11,
    memoryPercent: 1.25,
    ...fields,
  };
}

export function recordAt(
  atSeconds: number,
  processes: readonly ProcessSample[] = [],
  usedBytes?: number,
): HistoryRecord {
  return { atSeconds, host: hostAt(atSeconds, usedBytes), processes };
}

export function incident(fields: Partial<Incident> = {}): Incident {
  return {
    id: 'incident-1',
    key: 'high_memory',
    type: 'memory',
    title: 'High memory usage',
    state: 'firing',
    severity: 'warning',
    message: 'High memory usage: 91.2%',
    startedAtSeconds: NOON + 0.25,
    transitions: [{ atSeconds: NOON + 0.25, kind: 'fired', severity: 'warning', message: 'it is high' }],
    ...fields,
  };
}

export function closedIncident(id: string, closedAtSeconds: number): Incident {
  const fired = incident().transitions;
  return incident({
    id,
    state: 'closed',
    resolvedAtSeconds: closedAtSeconds - 10,
    transitions: [...fired, { atSeconds: closedAtSeconds, kind: 'closed', severity: 'warning', message: '' }],
  });
}

export function delivery(fields: Partial<Delivery> = {}): Delivery {
  return {
    notificationId: 'n-1',
    incidentId: 'incident-1',
    channel: 'webhook',
    atSeconds: NOON + 1.5,
    outcome: 'delivered',
    attempts: 1,
    detail: '200 OK',
    ...fields,
  };
}

/** Where there is a file system in memory the tests of weeks do not wait for a disk. */
const TEMPORARY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export function makeTemporaryFolder(): string {
  return mkdtempSync(join(TEMPORARY, 'plimsoll-history-'));
}

/** A folder that is gone after the test. */
export function temporaryFolder(t: TestContext): string {
  const folder = makeTemporaryFolder();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function openHistory(dataDir: string, options: Partial<StoreOptions> = {}): History {
  const opening = openStore({ dataDir, maxBytes: 64 * MIB, retentionDays: 90, nowSeconds: NOON, ...options });
  if (opening.kind === 'refused') throw opening.error;
  return opening.history;
}

/** A store that is closed after the test. */
export function temporaryStore(t: TestContext, options: Partial<StoreOptions> = {}): History {
  const history = openHistory(options.dataDir ?? temporaryFolder(t), options);
  t.after(() => history.close());
  return history;
}

/** Bytes as the kernel tells them, and as it does not. */
const anyBytes = fc.oneof(
  fc.nat({ max: 2 ** 24 }).map((pages) => pages * 4096),
  fc.maxSafeNat(),
);
const anyPercent = fc.double({ min: 0, max: 6400, noNaN: true });

const anyProcess: fc.Arbitrary<ProcessSample> = fc
  .record({
    pid: fc.integer({ min: 1, max: 5 }),
    startTicks: fc.integer({ min: 1, max: 2 }),
    name: fc.string(),
    command: fc.string(),
    rssBytes: anyBytes,
    cpuPercent: fc.option(anyPercent, { nil: undefined }),
  })
  .map(({ cpuPercent, ...fields }) => {
    const { cpuPercent: _, ...sample } = processSample(fields);
    return cpuPercent === undefined ? sample : { ...sample, cpuPercent };
  });

const anyHost = fc.record({ used: anyBytes, percent: anyPercent, swapUsed: fc.option(anyBytes) });

/** Records within `spanSeconds` of NOON, in any order: clocks jump. Each process at most once in a record. */
export function anyRecords(spanSeconds: number): fc.Arbitrary<readonly HistoryRecord[]> {
  const anyRecord = fc
    .record({
      offsetMs: fc.integer({ min: 0, max: spanSeconds * 1000 }),
      host: anyHost,
      processes: fc.uniqueArray(anyProcess, {
        maxLength: 6,
        selector: ({ pid, startTicks }) => `${pid}:${startTicks}`,
      }),
    })
    .map(({ offsetMs, host, processes }): HistoryRecord => {
      const atSeconds = NOON + offsetMs / 1000;
      const { memory, ...sample } = hostAt(atSeconds);
      const swap = host.swapUsed === null ? {} : { swap: swapOf(host.swapUsed) };
      const filled = memory && { ...memory, usedBytes: host.used, percent: host.percent };
      return { atSeconds, host: { ...sample, ...(filled && { memory: filled }), ...swap }, processes };
    });
  return fc.array(anyRecord, { minLength: 1, maxLength: 40 });
}

function swapOf(usedBytes: number): NonNullable<HostSample['swap']> {
  return { totalBytes: 2 ** 34, usedBytes, freeBytes: 0, percent: 1 };
}
