// Profiles other processes for whoever asks the agent: one at a time, because all of them open their inspector on the same
// port. The machinery is loaded when somebody first asks.
import { resolve } from 'node:path';
import type { AttachError } from '../../heap/attach/index.ts';
import { writeProfile } from '../../profile/index.ts';
import type { Clock } from '../clock.ts';
import type { ProcessProfileOutcome, ProcessProfileRequest } from '../monitor.ts';

export interface ProcessProfiler {
  profile(pid: number, request: ProcessProfileRequest): Promise<ProcessProfileOutcome>;
  /** Detaches from a process that is being profiled, and from then on refuses. */
  stop(): Promise<void>;
}

const OWN_PROC_ROOT = '/proc';

/** `procRoot` is where processes are read from. */
export function createProcessProfiler(procRoot: string, clock: Clock): ProcessProfiler {
  const abort = new AbortController();
  let running: Promise<ProcessProfileOutcome> | undefined;
  return {
    async profile(pid, request) {
      // A process id out of another namespace's /proc would name somebody else here.
      if (resolve(procRoot) !== OWN_PROC_ROOT)
        return {
          kind: 'unavailable',
          reason: `processes are read from ${procRoot}, where no signal reaches them`,
        };
      if (running || abort.signal.aborted) return { kind: 'refused', code: 'ATTACH_BUSY', reason: BUSY };
      running = profileOne(pid, request, abort.signal, clock);
      try {
        return await running;
      } finally {
        running = undefined;
      }
    },
    async stop() {
      abort.abort();
      await running?.catch(() => {});
    },
  };
}

const BUSY = 'one process is profiled at a time';

async function profileOne(
  pid: number,
  { seconds, sampleBytes, confirm }: ProcessProfileRequest,
  abort: AbortSignal,
  clock: Clock,
): Promise<ProcessProfileOutcome> {
  const { AttachError } = await import('../../heap/attach/index.ts');
  const { profileProcess } = await import('./process-profile.ts');
  try {
    const result = await profileProcess(pid, {
      seconds,
      sampleBytes,
      abort,
      consent: async () => confirm,
      onStage: () => {},
      wallSeconds: () => clock.wallSeconds(),
    });
    return { kind: 'profiled', result, file: (format) => writeProfile(result.profile, format) };
  } catch (error) {
    if (error instanceof AttachError) return refused(error);
    throw error;
  }
}

function refused({ code, message }: AttachError): ProcessProfileOutcome {
  return { kind: 'refused', code, reason: message };
}
