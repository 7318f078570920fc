// A process that is to be profiled from outside, looked at before anything is done to it: SIGUSR1 ends a process that does not
// handle it, so it is sent only to one that is Node.js and has a handler in place.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, join } from 'node:path';
import { AttachError } from './errors.ts';
import { type LaunchFlags, parseLaunchFlags } from './launch-flags.ts';
import { isNodeBinary } from './node-binary.ts';
import { catches, type ProcessStatus, parseProcessStatus } from './process-status.ts';

export interface Target {
  readonly pid: number;
  readonly procRoot: string;
  readonly flags: LaunchFlags;
  /** Whether a connection from this process reaches the target's loopback. */
  readonly sharesNetwork: boolean;
  /** Whether this process's pid means the same over there. */
  readonly sharesPids: boolean;
  /** Whether a path means the same file over there. */
  readonly sharesFiles: boolean;
}

/** Throws an AttachError for a process that cannot be profiled, and does nothing to it. */
export async function findTarget(pid: number, procRoot: string): Promise<Target> {
  if (pid === process.pid) throw new AttachError('ATTACH_TO_ITSELF', `process ${pid} is this one`);
  const folder = join(procRoot, String(pid));
  const status = readStatus(pid, folder);
  checkRunning(pid, status);
  checkUser(pid, status);
  const flags = withAccess(pid, () => readFlags(folder));
  await checkNode(pid, folder);
  checkSignal(pid, status, flags);
  withAccess(pid, () => readdirSync(join(folder, 'fd')));
  const shares = (namespace: string): boolean => sameNamespace(procRoot, pid, namespace);
  return {
    pid,
    procRoot,
    flags,
    sharesNetwork: shares('net'),
    sharesPids: shares('pid'),
    sharesFiles: shares('mnt'),
  };
}

/** Whether the process is there and no zombie. */
export function isAlive({ pid, procRoot }: Target): boolean {
  try {
    return !/^[ZX]$/.test(readStatus(pid, join(procRoot, String(pid))).state);
  } catch {
    return false;
  }
}

function readStatus(pid: number, folder: string): ProcessStatus {
  return withAccess(pid, () => parseProcessStatus(readFileSync(join(folder, 'status'), 'utf8')));
}

function checkRunning(pid: number, { state, threadGroup }: ProcessStatus): void {
  if (threadGroup !== pid)
    throw new AttachError('PROCESS_NOT_FOUND', `${pid} is a thread of process ${threadGroup}`);
  if (state === 'Z' || state === 'X')
    throw new AttachError('PROCESS_NOT_RUNNING', `process ${pid} has ended and waits for its parent`);
  if (state === 'T' || state === 't')
    throw new AttachError('PROCESS_NOT_RUNNING', `process ${pid} is stopped`);
}

/** The kernel's own rule for signals, kill(2). */
function checkUser(pid: number, { realUid, savedUid }: ProcessStatus): void {
  const own = [process.getuid?.(), process.geteuid?.()];
  if (!own.includes(0) && !own.includes(realUid) && !own.includes(savedUid)) throw denied(pid);
}

function readFlags(folder: string): LaunchFlags {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return parseLaunchFlags(read('cmdline'), read('environ'));
}

async function checkNode(pid: number, folder: string): Promise<void> {
  const path = join(folder, 'exe');
  const name = basename(withAccess(pid, () => programPath(path))).replace(/ \(deleted\)$/, '');
  const other = OTHER_RUNTIMES[name];
  if (other)
    throw new AttachError('PROCESS_NOT_NODE', `process ${pid} is ${other}, which has no such inspector`);
  if (!(await isNodeBinary(path)))
    throw new AttachError(
      'PROCESS_NOT_NODE',
      `process ${pid} is ${name || 'part of the kernel'}, not Node.js`,
    );
}

const OTHER_RUNTIMES: Readonly<Record<string, string>> = { bun: 'Bun', deno: 'Deno' };

/** Empty for a kernel thread, which runs no program. */
function programPath(path: string): string {
  try {
    return readlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function checkSignal(pid: number, status: ProcessStatus, { refusal }: LaunchFlags): void {
  if (catches(status, constants.signals.SIGUSR1)) return;
  const why = refusal ? `was started with ${refusal}` : 'has no handler for it (yet)';
  throw new AttachError('SIGNAL_NOT_HANDLED', `process ${pid} ${why}, so the signal was not sent`);
}

function sameNamespace(procRoot: string, pid: number, namespace: string): boolean {
  const link = (process: string): string => readlinkSync(join(procRoot, process, 'ns', namespace));
  return withAccess(pid, () => link(String(pid)) === link('self'));
}

const GONE = new Set(['ENOENT', 'ESRCH', 'ENOTDIR']);
const DENIED = new Set(['EACCES', 'EPERM']);

function withAccess<T>(pid: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (GONE.has(code)) throw new AttachError('PROCESS_NOT_FOUND', `there is no process ${pid}`);
    if (DENIED.has(code)) throw denied(pid);
    throw error;
  }
}

function denied(pid: number): AttachError {
  return new AttachError('PROCESS_DENIED', `process ${pid} belongs to another user, or keeps others out`);
}
