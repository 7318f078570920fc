// The monitor's own memory control group, with its pressure: two file systems' readings put together.
import { join } from 'node:path';
import { type CgroupMemory, present } from '../model/index.ts';
import { readCgroupMemory } from './cgroupfs/index.ts';
import { type NoteProblem, readPart } from './collect.ts';
import { readOwnCgroup, readPressure } from './procfs/index.ts';

/** Undefined where no control group accounts for the monitor's memory. */
export function readOwnCgroupMemory(
  procRoot: string,
  cgroupRoot: string,
  note: NoteProblem,
): CgroupMemory | undefined {
  const reading = readCgroupMemory(cgroupRoot, readOwnCgroup(procRoot) ?? {}, note);
  if (!reading) return undefined;
  const pressure = readPart(() => readPressure(join(reading.directory, 'memory.pressure')), note);
  return present({ ...reading.memory, pressure });
}
