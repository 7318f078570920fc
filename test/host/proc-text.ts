// Generated hosts: meminfo, vmstat and zoneinfo as some kernel might print them, whole or with the lines that older kernels and
// containers leave out, with figures that need not agree.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

export interface GeneratedHost {
  readonly meminfo: string;
  readonly vmstat: string;
  /** Absent before Linux 2.6.13. */
  readonly zoneinfo: string | undefined;
}

/** Left out of some hosts; the rest is always there. */
const OPTIONAL = [
  'MemAvailable',
  'Buffers',
  'Cached',
  'Active',
  'Inactive',
  'Active(file)',
  'Inactive(file)',
  'Shmem',
  'MemShared',
  'Slab',
  'SReclaimable',
  'Inact_dirty',
  'Inact_clean',
  'Inact_laundry',
] as const;

const TEBIBYTE_KIB = 2 ** 30;
const sizeKib = fc.oneof(
  fc.integer({ min: 0, max: TEBIBYTE_KIB }),
  fc.integer({ min: 0, max: 4_000_000 }),
  fc.constant(0),
);

/** Free memory never exceeds the whole, which no kernel prints; everything else may. */
const sizes = fc
  .record({
    MemTotal: fc.integer({ min: 1, max: TEBIBYTE_KIB }),
    freeShare: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ MemTotal, freeShare }) => ({ MemTotal, MemFree: Math.floor(MemTotal * freeShare) }));

const optionalSizes = fc.record(
  Object.fromEntries(OPTIONAL.map((name) => [name, sizeKib])) as Record<
    (typeof OPTIONAL)[number],
    typeof sizeKib
  >,
  { requiredKeys: [] },
);

const swap = fc
  .record({ total: sizeKib, freeShare: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ total, freeShare }) => ({ SwapTotal: total, SwapFree: Math.floor(total * freeShare) }));

function meminfoText(lines: Readonly<Record<string, number | undefined>>): string {
  return Object.entries(lines)
    .filter(([, kib]) => kib !== undefined)
    .map(([name, kib]) => `${`${name}:`.padEnd(16)}${String(kib).padStart(8)} kB\n`)
    .join('');
}

const counter = fc.integer({ min: 0, max: 2 ** 31 });
const vmstatText = fc
  .record({ pswpin: counter, pswpout: counter, pgfault: counter, pgmajfault: counter })
  .map((counters) =>
    Object.entries(counters)
      .map(([name, value]) => `${name} ${value}\n`)
      .join(''),
  );

const zoneinfoText = fc
  .array(fc.integer({ min: 0, max: 200_000 }), { minLength: 1, maxLength: 5 })
  .map((marks) =>
    marks
      .map(
        (low, zone) =>
          `Node 0, zone ${zone}\n  pages free 9\n        min ${low >> 1}\n        low ${low}\n        high 7\n`,
      )
      .join(''),
  );

export const generatedHost: fc.Arbitrary<GeneratedHost> = fc.record({
  meminfo: fc
    .tuple(sizes, optionalSizes, swap)
    .map(([always, optional, swapSizes]) => meminfoText({ ...always, ...optional, ...swapSizes })),
  vmstat: vmstatText,
  zoneinfo: fc.option(zoneinfoText, { nil: undefined, freq: 4 }),
});

/** Writes a host's files below `root`. */
export function writeHost(root: string, host: GeneratedHost): void {
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'meminfo'), host.meminfo);
  writeFileSync(join(root, 'vmstat'), host.vmstat);
  if (host.zoneinfo !== undefined) writeFileSync(join(root, 'zoneinfo'), host.zoneinfo);
}
