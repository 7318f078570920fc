// What the event stream sends: the `data:` of each kind of event.
import { z } from 'zod';
import { incident } from './alert.ts';
import { swapMemory, virtualMemory } from './memory.ts';
import { bytes, count, percent, timestamp } from './scalar.ts';
import { cgroup, ownProcess, pressure } from './system.ts';
import { verdict } from './verdict.ts';

export const eventProcess = z.strictObject({
  pid: count,
  start_ticks: count,
  start_time: timestamp,
  name: z.string(),
  rss_bytes: bytes,
  cpu_percent: percent.nullable(),
});

export const sampleEvent = z.strictObject({
  timestamp,
  memory: virtualMemory.optional(),
  swap: swapMemory.optional(),
  pressure: pressure.optional(),
  cgroup: cgroup.optional(),
  process: ownProcess,
  top_processes: z.array(eventProcess).describe('the largest by RSS, at most 20'),
});

export const alertEvent = incident;
export const verdictEvent = verdict;
