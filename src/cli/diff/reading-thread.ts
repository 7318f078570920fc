// The thread that reads the second of two profiles; see profile-pair.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { CodedError, type Profile } from '../../model/index.ts';
import { readProfileFile } from './profile-file.ts';
import type { ReadingAnswer } from './profile-pair.ts';

function answerOf(path: string): ReadingAnswer {
  try {
    return { kind: 'read', profile: readProfileFile(path) };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const { code, message, remedy } = error;
    return { kind: 'refused', code, message, remedy };
  }
}

/** Handed over, not copied. Columns may share their memory. */
function memoryOf({ frames, stacks, samples }: Profile): ArrayBuffer[] {
  const columns = [frames, stacks, samples].flatMap(
    (table) => Object.values(table) as Int32Array<ArrayBuffer>[],
  );
  return [...new Set(columns.map(({ buffer }) => buffer))];
}

const answer = answerOf(workerData as string);
parentPort?.postMessage(answer, answer.kind === 'read' ? memoryOf(answer.profile) : []);
