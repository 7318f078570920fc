// The C programs of this benchmark: compiled for it, into a folder that goes with it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The path of the compiled program. */
export function compile(name: 'population' | 'reference', folder: string): string {
  const program = join(folder, name);
  execFileSync('gcc', ['-O2', '-Wall', '-Werror', '-o', program, join(import.meta.dirname, `${name}.c`)]);
  return program;
}

/** Runs `use` while there are so many more processes that wait. */
export async function withProcesses<T>(program: string, count: number, use: () => Promise<T>): Promise<T> {
  const parent: ChildProcess = spawn(program, [String(count)], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    if (parent.stdout) await once(parent.stdout, 'data');
    return await use();
  } finally {
    parent.stdin?.end();
    await once(parent, 'exit');
  }
}
