// Profiles the allocations of a running Node.js process from outside, without a flag or a restart: opens its inspector by
// SIGUSR1, samples, reads, closes the inspector again and looks that it is closed. Node.js 18 and later.
//
// Whatever goes wrong on the way, the inspector is closed: it is an open door for whoever can connect to it.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bytes, Seconds } from '../../units/index.ts';
import { AttachError } from './errors.ts';
import type { PauseForecast } from './forecast.ts';
import { openInspector } from './open-inspector.ts';
import { type Sampled, sample } from './sample.ts';
import { findTarget, isAlive, type Target } from './target.ts';
import { type InspectorLeft, wayOut } from './way-out.ts';

/** What is going on, in this order; the first only where it takes long. */
export type AttachStage =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'attached'; readonly nodeVersion: string; readonly forecast: PauseForecast }
  | { readonly kind: 'sampling' }
  /** Also after a failure. */
  | { readonly kind: 'detached'; readonly inspector: InspectorLeft };

export interface AttachOptions {
  readonly seconds: Seconds;
  /** Mean allocated bytes between two samples. */
  readonly sampleBytes: Bytes;
  /** Ends the sampling early; what was sampled so far is read. */
  readonly abort: AbortSignal;
  /** Asked before a large heap is paused; see PauseForecast. */
  readonly consent: (forecast: PauseForecast) => Promise<boolean>;
  readonly onStage: (stage: AttachStage) => void;
  /** Closes the inspector even if it was open before. */
  readonly closeInspector?: boolean;
  /** Where the kernel shows the processes of this process's own pid namespace. */
  readonly procRoot?: string;
}

export interface AttachedReading extends Sampled {
  readonly inspector: InspectorLeft;
  /** Where this process finds the files of the profile's paths, when the process has a root of its own (a container). */
  readonly filesRoot?: string;
}

/** Throws an AttachError that says what is in the way. */
export async function attach(pid: number, options: AttachOptions): Promise<AttachedReading> {
  const { abort, onStage, procRoot = '/proc' } = options;
  const target = await findTarget(pid, procRoot);
  const inspector = await openInspector(target, { abort, onWaiting: () => onStage({ kind: 'waiting' }) });
  const out = wayOut(target, inspector, inspector.foundOpen && !options.closeInspector);
  const detach = async (): Promise<InspectorLeft> => {
    const left = await out.take();
    onStage({ kind: 'detached', inspector: left });
    return left;
  };
  try {
    const sampled = await sample(inspector.connection, {
      ...options,
      onForecast: (nodeVersion, forecast) => onStage({ kind: 'attached', nodeVersion, forecast }),
      onSampling: () => onStage({ kind: 'sampling' }),
    });
    return { ...sampled, inspector: await detach(), ...filesOf(target) };
  } catch (error) {
    await detach();
    throw await explained(error, target);
  }
}

function filesOf({ sharesFiles, procRoot, pid }: Target): Pick<AttachedReading, 'filesRoot'> {
  return sharesFiles ? {} : { filesRoot: join(procRoot, String(pid), 'root') };
}

/** How long the kernel may take to end a process that closed its connections: it frees gigabytes meanwhile. */
const ENDING_SECONDS: Seconds = 2;

/** A connection that ends because the process did is no fault of the connection. */
async function explained(error: unknown, target: Target): Promise<unknown> {
  const silent = error instanceof AttachError && ['INSPECTOR_LOST', 'PROCESS_NO_ANSWER'].includes(error.code);
  return silent && (await hasEnded(target))
    ? new AttachError('PROCESS_ENDED', `process ${target.pid} has ended`, { cause: error })
    : error;
}

async function hasEnded(target: Target): Promise<boolean> {
  const deadline = performance.now() + ENDING_SECONDS * 1000;
  while (isAlive(target) && performance.now() < deadline) await sleep(20);
  return !isAlive(target);
}
