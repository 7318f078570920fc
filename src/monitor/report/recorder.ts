// Keeps the record of a run up to date while the program lives: from the monitor's own thread, so that a program that is killed, or
// dies of its heap's limit, has left its evidence a moment before.
import { present } from '../../model/index.ts';
import type { Seconds } from '../../units/index.ts';
import type { Latest, Monitor } from '../monitor.ts';
import { processHeap } from '../threads/process-heap.ts';
import { mayRecord, type RecordedSample, type RunRecord, writeRecord } from './run-record.ts';
import { createThinnedSamples } from './thinned-samples.ts';

/** A record is small, and what is lost with the program is at most this. */
const WRITE_EVERY_SECONDS: Seconds = 1;

export interface RecorderOptions {
  readonly monitor: Pick<Monitor, 'latest' | 'subscribe' | 'profiling'>;
  readonly folder: string;
  readonly pid: number;
  /** Once, when the record cannot be written: the program goes on. */
  readonly onFailure: (error: unknown) => void;
}

/** Records until the returned function is called, which writes what there is for the last time. */
export function startRecorder(options: RecorderOptions): () => void {
  const { monitor, onFailure } = options;
  const samples = createThinnedSamples();
  let writtenAt = Number.NEGATIVE_INFINITY;
  let failed = false;

  const write = (): void => {
    try {
      if (writtenAt === Number.NEGATIVE_INFINITY && !mayRecord(options.folder)) failed = true;
      else writeRecord(options.folder, recordOf(options, samples.kept(), samples.taken()));
    } catch (error) {
      failed = true;
      onFailure(error);
    }
  };
  const see = (latest: Latest): void => {
    const sample = sampleOf(latest);
    samples.add(sample);
    // A clock that was set back must not end the record.
    if (failed || Math.abs(sample.atSeconds - writtenAt) < WRITE_EVERY_SECONDS) return;
    write();
    writtenAt = sample.atSeconds;
  };
  const first = monitor.latest();
  if (first) see(first);
  const forget = monitor.subscribe((event) => {
    if (event.type === 'sample') see(event.latest);
  });
  return () => {
    forget();
    if (!failed && samples.taken() > 0) write();
  };
}

function sampleOf({ own }: Latest): RecordedSample {
  const { atSeconds, rssBytes, requestsTotal } = own;
  const heap = processHeap(own);
  return {
    atSeconds,
    rssBytes,
    ...present({
      heapUsedBytes: heap.usedBytes,
      heapTotalBytes: heap.totalBytes,
      heapFloorBytes: heap.floorBytes,
      externalBytes: heap.externalBytes,
      requestsTotal,
    }),
  };
}

function recordOf(
  { monitor, pid }: RecorderOptions,
  samples: readonly RecordedSample[],
  samplesTaken: number,
): RunRecord {
  const profiling = monitor.profiling();
  const heap = monitor.latest()?.own.heap;
  return {
    pid,
    samples,
    samplesTaken,
    ...present({
      heapLimitBytes: heap?.oldSpaceLimitBytes ?? heap?.limitBytes,
      rewriting: profiling.kind === 'on' ? profiling.report.rewriting : undefined,
    }),
    growingSites: profiling.kind === 'on' ? profiling.growingSites : [],
    snapshots: profiling.snapshots.length,
  };
}
