// Programs to attach to, on whatever Node.js, and what tests see of their inspector from outside.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type AttachedReading, type AttachOptions, attach } from '../../src/heap/attach/index.ts';
import { type Listener, namespaceListeners, ownedBy } from '../../src/heap/attach/listeners.ts';
import { eventually, follow, type Program } from '../service/program.ts';

/** Leaks about 4 MiB a second in `remember`, and makes garbage in `parse`. */
export const LEAK = `
const kept = [];
function remember(count) {
  for (let i = 0; i < count; i++) kept.push({ id: i, body: new Array(50).fill(i) });
}
function parse(count) {
  const rows = [];
  for (let i = 0; i < count; i++) rows.push({ id: i, body: new Array(50).fill(i) });
  return rows.length;
}
setInterval(() => { remember(100); parse(100); }, 10);
console.log('ready');
`;

/** Busy for ever: no timer ever fires. */
export const WEDGED = `${LEAK.replace(/setInterval.*\n/, '')}
for (;;) { remember(1); if (kept.length > 20_000) kept.length = 0; }
`;

/** Nothing but alive. */
export const IDLE = `setInterval(() => {}, 1000); console.log('ready');`;

/** In a blocking call for some seconds whenever SIGUSR2 comes. */
export const BLOCKING = `
import { execSync } from 'node:child_process';
process.on('SIGUSR2', () => { console.log('blocked'); execSync('sleep 3'); });
${IDLE}`;

export interface TargetOptions {
  readonly node?: string;
  /** Node.js' own, before the script. A free port unless said otherwise: 9229 is everybody's. */
  readonly flags?: readonly string[];
  readonly format?: 'mjs' | 'cjs';
  /** What starts the program, such as unshare. */
  readonly wrapper?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-attach-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
let files = 0;

export function scriptFile(code: string, format: 'mjs' | 'cjs' = 'mjs'): string {
  files += 1;
  const path = join(folder, `program-${files}.${format}`);
  writeFileSync(path, code);
  return path;
}

/** A program that has printed `ready`; killed at the test's end. */
export async function startTarget(
  t: TestContext,
  code: string,
  {
    node = process.execPath,
    flags = ['--inspect-port=0'],
    format = 'mjs',
    wrapper = [],
    env = {},
  }: TargetOptions = {},
): Promise<Program & { readonly pid: number }> {
  const commandLine = [...wrapper, node, ...flags, scriptFile(code, format)];
  const child = spawn(commandLine[0] ?? node, commandLine.slice(1), {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const program = follow(child);
  await program.seen(/ready/);
  assert.ok(child.pid);
  return { ...program, pid: child.pid };
}

/** For half a second at 8 KiB unless said otherwise; a large heap is never agreed to. */
export function attachTo(pid: number, options: Partial<AttachOptions> = {}): Promise<AttachedReading> {
  return attach(pid, {
    seconds: 0.5,
    sampleBytes: 8192,
    abort: new AbortController().signal,
    consent: async () => false,
    onStage: () => {},
    ...options,
  });
}

/** The ports that the process listens on: of a target that serves nothing, the inspector's. */
export function openPorts(pid: number): Listener[] {
  return ownedBy('/proc', pid, namespaceListeners('/proc', pid));
}

export function closes(pid: number): Promise<unknown> {
  return eventually(
    async () => openPorts(pid),
    ({ length }) => length === 0,
  );
}

export function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}

/** The function with the most live bytes, and its file. */
export function topSite({ document }: AttachedReading): { readonly name: string; readonly url: string } {
  const bytes = new Map<string, number>();
  const pending = [document.head];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const key = JSON.stringify({ name: node.callFrame.functionName, url: node.callFrame.url });
    bytes.set(key, (bytes.get(key) ?? 0) + node.selfSize);
    pending.push(...node.children);
  }
  const [largest] = [...bytes].sort(([, a], [, b]) => b - a);
  return JSON.parse(largest?.[0] ?? '{}');
}
