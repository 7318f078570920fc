// The watched process and its V8 heap.
import type { HeapSample, OwnProcessSample, ProcessSample } from '../../model/index.ts';
import { formatTime } from '../../units/index.ts';
import type { Heap, OwnProcess } from '../wire.ts';
import { asIs, field, toMegabytes, toPercent } from './quantity.ts';
import { presentWorkers } from './worker-threads.ts';

/** The kernel's letters in psutil's words. */
const STATE_WORDS: Readonly<Record<string, string>> = {
  R: 'running',
  S: 'sleeping',
  D: 'disk-sleep',
  T: 'stopped',
  t: 'tracing-stop',
  Z: 'zombie',
  X: 'dead',
  x: 'dead',
  K: 'wake-kill',
  W: 'waking',
  I: 'idle',
  P: 'parked',
};

/** `scanned` is the same process in the process table, where it is there. */
export function presentOwnProcess(own: OwnProcessSample, scanned: ProcessSample | undefined): OwnProcess {
  return {
    pid: own.pid,
    cpu_percent: own.cpuPercent === undefined ? null : toPercent(own.cpuPercent),
    cpu_seconds: own.cpuSeconds,
    memory_mb: toMegabytes(own.rssBytes),
    ...field('num_threads', own.threads, asIs),
    ...field('create_time', scanned?.startedAtSeconds, formatTime),
    ...field('status', scanned && STATE_WORDS[scanned.state], asIs),
    ...field('heap', own.heap, presentHeap),
    ...presentWorkers(own.workers),
  };
}

export function presentHeap(heap: HeapSample): Heap {
  return {
    used_mb: toMegabytes(heap.usedBytes),
    total_mb: toMegabytes(heap.totalBytes),
    limit_mb: toMegabytes(heap.limitBytes),
    external_mb: toMegabytes(heap.externalBytes),
    array_buffers_mb: toMegabytes(heap.arrayBuffersBytes),
    ...field('old_space_mb', heap.oldSpaceBytes, toMegabytes),
    ...field('floor_mb', heap.floorBytes, toMegabytes),
    ...field('floor_at', heap.floorAtSeconds, formatTime),
    age_seconds: heap.ageSeconds,
    gc: {
      minor: heap.gc.minor,
      major: heap.gc.major,
      incremental: heap.gc.incremental,
      weakcb: heap.gc.weakcb,
    },
  };
}
