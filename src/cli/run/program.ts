// The program that `plimsoll run` runs: the same input, output and signals as without.
import { type ChildProcess, spawn } from 'node:child_process';
import { CodedError } from '../../model/index.ts';
import type { Seconds } from '../../units/index.ts';
import { EXIT, type Io, type ProcessSignal } from '../command.ts';

export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly durationSeconds: Seconds;
  /** It was passed the signal that it died of: somebody wanted it to end. */
  readonly asked: boolean;
}

const FORWARDED: readonly ProcessSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** A terminal's Ctrl-C reaches the program by itself; twice would be "end at once" to many. */
function passOn(signal: ProcessSignal, child: ChildProcess, io: Io): void {
  if (signal !== 'SIGINT' || !io.keys.isTTY) child.kill(signal);
}

/** Throws PROGRAM_NOT_STARTED. */
export function runProgram(
  [program = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  io: Io,
): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const asked = new Set<NodeJS.Signals>();
    const child = spawn(program, args, { env, stdio: 'inherit' });
    const release = FORWARDED.map((signal) =>
      io.onSignal(signal, () => {
        asked.add(signal);
        passOn(signal, child, io);
      }),
    );
    const end = (): void => {
      for (const off of release) off();
    };
    child.on('error', (cause) => {
      end();
      reject(cannotStart(program, cause));
    });
    child.on('exit', (code, signal) => {
      end();
      const durationSeconds = (performance.now() - startedMs) / 1000;
      resolve({ code, signal, durationSeconds, asked: signal !== null && asked.has(signal) });
    });
  });
}

/** Ends this process as the program ended; answers the exit status where it was no signal. */
export function endLike({ code, signal }: ProgramEnd): number {
  // Dying of the same signal tells our parent the truth; 128 + n is what a shell would make of it.
  if (signal) process.kill(process.pid, signal);
  return code ?? EXIT.failure;
}

function cannotStart(program: string, cause: Error): CodedError {
  return new CodedError(
    'PROGRAM_NOT_STARTED',
    `${program} cannot be started: ${cause.message}`,
    'give the program after --, as in: plimsoll run -- node app.js',
    { cause },
  );
}
