// A process of its own that profiles another, so that a test can end it in any way.
import { spawn } from 'node:child_process';
import type { TestContext } from 'node:test';
import { follow, type Program } from '../service/program.ts';

const ATTACH = new URL('../../src/heap/attach/index.ts', import.meta.url).href;

/** Samples for a minute; resolves once it does. */
export async function startProfiler(t: TestContext, pid: number): Promise<Program> {
  const code = `
    import { attach } from '${ATTACH}';
    await attach(${pid}, { seconds: 60, sampleBytes: 8192, abort: new AbortController().signal,
      consent: async () => false, onStage: ({ kind }) => console.log(kind) });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const program = follow(child);
  await program.seen(/sampling/);
  return program;
}
