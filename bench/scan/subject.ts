// A scanner in a process of its own: it scans once for each byte it is sent, and answers with a line of the nanoseconds that
// took, those the processor spent on it (NaN where it cannot tell), and how many processes it saw.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

export interface Scan {
  readonly milliseconds: number;
  /** Whatever else the machine does is not in it. */
  readonly cpuMilliseconds: number;
  readonly processes: number;
}

export interface Subject {
  readonly name: string;
  scan(): Promise<Scan>;
  stop(): void;
}

export function startSubject(name: string, command: string, args: readonly string[]): Subject {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout });
  return {
    name,
    scan: () => ask(child, answers),
    stop: () => child.stdin.end(),
  };
}

function ask(child: ChildProcessByStdio<Writable, Readable, null>, answers: Interface): Promise<Scan> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error(`${child.spawnfile} ended`));
    child.once('exit', gone);
    answers.once('line', (line) => {
      child.off('exit', gone);
      const [wall = Number.NaN, cpu = Number.NaN, processes = 0] = line.split(' ').map(Number);
      resolve({ milliseconds: wall / 1e6, cpuMilliseconds: cpu / 1e6, processes });
    });
    child.stdin.write('\n');
  });
}
