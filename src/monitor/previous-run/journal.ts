// A journal of the last minutes of a process on disk, for whoever asks after its death. Lines go straight to the file system: what
// was written is there when the process is killed in the next instant (not when the machine loses its power). It rolls: a full
// half is set aside, over the half before it, so that what it takes is bounded.
import { appendFileSync, closeSync, openSync, readFileSync, readSync, renameSync, writeSync } from 'node:fs';
import type { SiteReading } from '../../leak/index.ts';
import { type Bytes, KIB, type Seconds } from '../../units/index.ts';
import {
  decodeLine,
  encodeLine,
  type JournalEnd,
  type JournalLine,
  type JournalSample,
  type JournalStart,
} from './journal-line.ts';
import type { RunFiles } from './run-files.ts';

/** Two halves: at a sample a second of 120 bytes, and a reading of 20 sites of 150, the last half hour or more. */
const HALF_BYTES: Bytes = 192 * KIB;

type JournalFiles = Pick<RunFiles, 'journal' | 'olderJournal'>;

export interface JournalWriter {
  /** Never throws: a disk that is full ends the journal, and is told once. */
  write(line: JournalLine): void;
  close(): void;
}

/** From the application's own thread: a process that dies at once has left its name. Throws the file system's errors. */
export function beginJournal({ journal }: JournalFiles, start: JournalStart): void {
  appendFileSync(journal, encodeLine({ kind: 'start', ...start }), { mode: 0o600 });
}

/** Goes on with a journal that was begun. */
export function openJournal(
  files: JournalFiles,
  start: JournalStart,
  onFailure: (error: unknown) => void,
  halfBytes: Bytes = HALF_BYTES,
): JournalWriter {
  let descriptor: number | undefined;
  let written = 0;
  const append = (text: string): void => {
    if (descriptor === undefined) return;
    writeSync(descriptor, text);
    written += Buffer.byteLength(text);
  };
  const open = (): void => {
    descriptor = openSync(files.journal, 'a', 0o600);
    written = 0;
  };
  const close = (): void => {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  };
  const roll = (): void => {
    close();
    renameSync(files.journal, files.olderJournal);
    beginJournal(files, start);
    open();
  };
  const attempt = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      close();
      written = 0;
      onFailure(error);
    }
  };
  attempt(open);
  return {
    write: (line) =>
      attempt(() => {
        append(encodeLine(line));
        if (written > halfBytes) roll();
      }),
    close: () => attempt(close),
  };
}

/** From any thread or process. On a line of its own, whatever the last one came to. */
export function appendEnd({ journal }: JournalFiles, end: JournalEnd): void {
  appendFileSync(journal, `\n${encodeLine({ kind: 'end', ...end })}`, { mode: 0o600 });
}

export interface Journal {
  readonly start: JournalStart;
  /** Oldest first. */
  readonly samples: readonly JournalSample[];
  /** Oldest first. */
  readonly siteReadings: readonly SiteReading[];
  /** The newest look at a heap near its limit. */
  readonly lastHeap?: { readonly atSeconds: Seconds; readonly usedBytes: Bytes };
  /** Absent for a process that still runs, or died without a word. */
  readonly end?: JournalEnd;
}

/** What a journal begins with; cheaper than the whole. */
export function readStart({ journal }: Pick<RunFiles, 'journal'>): JournalStart | undefined {
  const [first] = firstLines(journal).flatMap((text) => decodeLine(text) ?? []);
  return first?.kind === 'start' ? withoutKind(first) : undefined;
}

/** A path may be long; the beginning of a journal is not. */
const BEGINNING_BYTES: Bytes = 16 * KIB;

function firstLines(file: string): readonly string[] {
  try {
    const descriptor = openSync(file, 'r');
    const bytes = Buffer.alloc(BEGINNING_BYTES);
    const length = readSync(descriptor, bytes);
    closeSync(descriptor);
    return bytes.toString('utf8', 0, length).split('\n');
  } catch {
    return [];
  }
}

function withoutKind(line: Extract<JournalLine, { kind: 'start' }>): JournalStart {
  const { kind: _, ...start } = line;
  return start;
}

/** Undefined where nothing was written of how it began. */
export function readJournal({ journal, olderJournal }: JournalFiles): Journal | undefined {
  const lines = [...linesOf(olderJournal), ...linesOf(journal)];
  const of = <K extends JournalLine['kind']>(kind: K) =>
    lines.filter((line): line is Extract<JournalLine, { kind: K }> => line.kind === kind);
  const [first] = of('start');
  if (!first) return undefined;
  const lastHeap = of('heap').at(-1);
  const end = of('end').at(-1);
  return {
    start: withoutKind(first),
    samples: of('sample').map(({ sample }) => sample),
    siteReadings: of('sites').map(({ reading }) => reading),
    ...(lastHeap && { lastHeap }),
    ...(end && { end }),
  };
}

function linesOf(file: string): readonly JournalLine[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((text) => decodeLine(text) ?? []);
  } catch {
    return [];
  }
}
