// One source, one collector: what it gave and how it fared. A source that fails costs its own field and nothing else.
import { type CollectorReport, ParseError } from '../model/index.ts';
import type { ReadingClock } from './clock.ts';

export interface Collected<T> {
  /** Undefined where there was nothing to read, or it could not be read. */
  readonly value: T | undefined;
  readonly report: CollectorReport;
}

/** Takes note of something in a source that could not be read, where the rest of it could. */
export type NoteProblem = (reason: string) => void;

export function collect<T>(
  collector: string,
  clock: ReadingClock,
  read: (note: NoteProblem) => T | undefined,
): Collected<T> {
  const startedAt = clock.monotonicSeconds();
  const problems: string[] = [];
  const value = attempt(read, (reason) => problems.push(reason));
  const durationSeconds = clock.monotonicSeconds() - startedAt;
  const report: CollectorReport =
    problems.length > 0
      ? { collector, outcome: 'failed', durationSeconds, reason: problems.join('; ') }
      : { collector, outcome: value === undefined ? 'absent' : 'ok', durationSeconds };
  return { value, report };
}

function attempt<T>(read: (note: NoteProblem) => T | undefined, note: NoteProblem): T | undefined {
  try {
    return read(note);
  } catch (error) {
    note(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** Reads a part of a source: where it makes no sense it is absent and noted, and the other parts stay. */
export function readPart<T>(read: () => T | undefined, note: NoteProblem): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    note(error.message);
    return undefined;
  }
}
