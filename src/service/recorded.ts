// The service's monitor with a record of the run, where the command that started the program wants one.
import { type Board, collectMainThread, oldSpaceFlag, openOwnCollector } from '../heap/index.ts';
import type { Monitor } from '../monitor/monitor.ts';
import { createReportCollections, RECORDS_VARIABLE, startRecorder } from '../monitor/report/index.ts';
import { flagsOf, type WorkerStart } from './messages.ts';

export interface RecordedOptions {
  readonly start: WorkerStart;
  readonly board: Board;
  readonly onFailure: (error: unknown) => void;
}

/** The same monitor; its `stop` also writes the record for the last time. */
export function recorded(monitor: Monitor, { start, board, onFailure }: RecordedOptions): Monitor {
  const { environment = {} } = start.layers;
  const folder = environment[RECORDS_VARIABLE];
  if (!folder) return monitor;
  const stopRecording = startRecorder({
    monitor,
    folder,
    pid: process.pid,
    requestsTotal: () => board.read(Date.now() / 1000)?.requestsTotal,
    oldSpaceLimitBytes: oldSpaceFlag(flagsOf(start)),
    onFailure,
  });
  const stopCollecting = collectForReport(monitor);
  return {
    ...monitor,
    stop: () => {
      stopCollecting();
      stopRecording();
      return monitor.stop();
    },
  };
}

/** Answers how to end it. */
function collectForReport(monitor: Monitor): () => void {
  const collect = createReportCollections({ watched: collectMainThread, own: openOwnCollector() });
  return monitor.subscribe((event) => {
    if (event.type === 'sample') collect(event.latest.own.heap);
  });
}
