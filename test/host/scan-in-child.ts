// A program of its own that scans a process table twice and prints what it saw: for tests that have to set its limits or its
// user. Usage: scan-in-child.ts PROC_ROOT [--exhaust]: with it, every free descriptor is taken before the second scan.
import { openSync, readdirSync } from 'node:fs';
import { createProcessTable } from '../../src/host/index.ts';
import type { ProcessTableScan } from '../../src/model/index.ts';
import { systemClock } from '../../src/monitor/clock.ts';

export interface ScanReport {
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly denied: number;
  /** Descriptors the table kept open after its first scan. */
  readonly kept: number;
}

const [procRoot = '/proc', exhaust] = process.argv.slice(2);
const openDescriptors = (): number => readdirSync('/proc/self/fd').length;
const pidsOf = ({ processes }: ProcessTableScan): number[] => processes.map(({ pid }) => pid);

function takeAllDescriptors(): void {
  try {
    for (;;) openSync('/dev/null', 'r');
  } catch {
    // Now there is none left.
  }
}

const table = createProcessTable({ procRoot, clock: systemClock });
const before = openDescriptors();
const first = table.scan(1);
const kept = openDescriptors() - before;
if (exhaust) takeAllDescriptors();
const second = table.scan(1);
const report: ScanReport = { first: pidsOf(first), second: pidsOf(second), denied: first.denied, kept };
process.stdout.write(JSON.stringify(report));
