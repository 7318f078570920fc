// The service's monitor with a record of the run, where the command that started the program wants one.
import { collectMainThread, openOwnCollector } from '../heap/index.ts';
import type { Monitor } from '../monitor/monitor.ts';
import { createReportCollections, startRecorder } from '../monitor/report/index.ts';

/** The same monitor; its `stop` also writes the record for the last time. `onFailure`: the record cannot be written. */
export function recorded(monitor: Monitor, folder: string, onFailure: (error: unknown) => void): Monitor {
  const stopRecording = startRecorder({ monitor, folder, pid: process.pid, onFailure });
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
