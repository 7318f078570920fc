// Opens the inspector of a running process by SIGUSR1, and finds the port on which it then listens: the new listening socket
// among the process's descriptors. An inspector that was open already is found and left to whoever opened it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Seconds } from '../../units/index.ts';
import { AttachError } from './errors.ts';
import { type Listener, namespaceListeners, ownedBy } from './listeners.ts';
import { checkReachable, connectToFirst, type Reached } from './reach.ts';
import { isAlive, type Target } from './target.ts';

export interface OpenInspector extends Reached {
  /** Somebody else has opened it before. */
  readonly foundOpen: boolean;
}

export interface OpenOptions {
  /** Ends a wait that has become long; a signal that was sent cannot be called back. */
  readonly abort: AbortSignal;
  /** Called once when it takes long. */
  readonly onWaiting: () => void;
}

/** An idle or busy process takes 30 to 180 ms; one in a blocking system call opens it when that returns. */
const WAIT_SECONDS: Seconds = 15;
const LONG_SECONDS: Seconds = 2;
const POLL_SECONDS: Seconds = 0.02;

export async function openInspector(target: Target, options: OpenOptions): Promise<OpenInspector> {
  // What cannot be reached could not be closed again either.
  await checkReachable(target);
  const before = listenersOf(target);
  const expected = ownListeners(target, before).filter((listener) => mayBeInspector(target, listener));
  const found = await connectToFirst(target, expected);
  if (found) return { ...found, foundOpen: true };
  sendSignal(target);
  return waitForInspector(target, before, options);
}

function ownListeners({ procRoot, pid }: Target, listeners: readonly Listener[]): Listener[] {
  return ownedBy(procRoot, pid, listeners);
}

/** Ports of the service itself are not asked, unless nothing else is left. */
function mayBeInspector({ flags }: Target, { port }: Listener): boolean {
  return flags.inspect || port === flags.inspectPort;
}

function sendSignal({ pid }: Target): void {
  try {
    process.kill(pid, 'SIGUSR1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM')
      throw new AttachError('PROCESS_DENIED', `process ${pid} may not be signalled`);
    throw new AttachError('PROCESS_NOT_FOUND', `there is no process ${pid}`);
  }
}

async function waitForInspector(
  target: Target,
  before: readonly Listener[],
  { abort, onWaiting }: OpenOptions,
): Promise<OpenInspector> {
  const known = new Set(before.map(({ inode }) => inode));
  const isNew = ({ inode }: Listener): boolean => !known.has(inode);
  const findNew = () => connectToFirst(target, ownListeners(target, listenersOf(target).filter(isNew)));
  const soon = await within(target, LONG_SECONDS, findNew);
  if (soon) return { ...soon, foundOpen: false };
  refuseTakenPort(target);
  const old = await connectToFirst(target, ownListeners(target, before));
  if (old) return { ...old, foundOpen: true };
  onWaiting();
  const late = await within(target, WAIT_SECONDS - LONG_SECONDS, findNew, abort);
  if (late) return { ...late, foundOpen: false };
  throw notOpened(target, ownListeners(target, listenersOf(target).filter(isNew)));
}

function notOpened({ pid }: Target, [silent]: readonly Listener[]): AttachError {
  if (silent)
    return new AttachError(
      'INSPECTOR_UNREACHABLE',
      `process ${pid} listens on ${silent.address}:${silent.port} since it was sent SIGUSR1, and does not answer there`,
    );
  return new AttachError(
    'INSPECTOR_NOT_OPENED',
    `process ${pid} was sent SIGUSR1 and did not open its inspector: either it has a handler of its own for that ` +
      'signal, or its main thread is in a blocking call, and it will open when that returns',
  );
}

async function within<T>(
  target: Target,
  seconds: Seconds,
  find: () => Promise<T | undefined>,
  abort?: AbortSignal,
): Promise<T | undefined> {
  const endMs = performance.now() + seconds * 1000;
  while (performance.now() < endMs && !abort?.aborted) {
    const found = await find();
    if (found) return found;
    if (!isAlive(target)) throw new AttachError('PROCESS_ENDED', `process ${target.pid} has ended`);
    await sleep(POLL_SECONDS * 1000);
  }
  return undefined;
}

function listenersOf({ procRoot, pid }: Target): Listener[] {
  return namespaceListeners(procRoot, pid);
}

const EVERY_ADDRESS = new Set(['127.0.0.1', '0.0.0.0', '[::]']);

function refuseTakenPort(target: Target): void {
  const { inspectPort } = target.flags;
  const holders = listenersOf(target).filter(
    ({ address, port }) => port === inspectPort && EVERY_ADDRESS.has(address),
  );
  if (holders.length > ownListeners(target, holders).length)
    throw new AttachError(
      'INSPECTOR_PORT_TAKEN',
      `another process listens on port ${inspectPort}, which process ${target.pid} would open its inspector on`,
    );
}
