// The `data:` of a sample in the event stream. Of an alert it is the incident, of a verdict the verdict.
import { z } from 'zod';
import { swapMemory, virtualMemory } from './memory.ts';
import { bytes, count, cpuPercent, timestamp } from './scalar.ts';
import { cgroup, ownProcess, pressure } from './system.ts';

export const eventProcess = z.strictObject({
  pid: count,
  start_ticks: count,
  start_time: timestamp,
  name: z.string(),
  rss_bytes: bytes,
  cpu_percent: cpuPercent.nullable(),
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
