// Reads the allocation profile of a thread through the inspector. From a worker the main thread can be read while it is wedged
// in JavaScript or in Atomics.wait, because V8 interrupts it; in a blocking system call it answers on return.
//
// Where the sampler was not started natively, this session starts it, and has to stay open: the sampler ends for everybody when
// the session that started it goes.
import { Session } from 'node:inspector';
import type { Seconds } from '../../units/index.ts';
import type { SamplerState } from './sampler.ts';
import type { SamplingDocument } from './sampling-document.ts';

export type ProfileReading =
  /** `tookSeconds` is the most that the thread can have been paused. */
  | { readonly kind: 'read'; readonly document: SamplingDocument; readonly tookSeconds: Seconds }
  | { readonly kind: 'no-answer' }
  /** Nothing samples: another profiler, which had the sampler, has ended it. */
  | { readonly kind: 'not-sampling'; readonly reason: string };

export interface ProfileReader {
  /** One reading at a time: the next waits for it. */
  read(timeoutSeconds: Seconds): Promise<ProfileReading>;
  close(): void;
}

type Connect = (session: Session) => void;

/** Only in a worker thread. */
export function openMainThreadReader(sampler: SamplerState): ProfileReader {
  return readerOver((session) => session.connectToMainThread(), sampler);
}

export function openOwnThreadReader(sampler: SamplerState): ProfileReader {
  return readerOver((session) => session.connect(), sampler);
}

function readerOver(connect: Connect, sampler: SamplerState): ProfileReader {
  const kept = sampler.kind === 'inspector' ? startByInspector(connected(connect), sampler) : undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    read(timeoutSeconds) {
      const reading = last.then(() =>
        kept ? readOnce(kept, timeoutSeconds) : readAndLeave(connected(connect), timeoutSeconds),
      );
      last = reading;
      return reading;
    },
    close: () => kept?.disconnect(),
  };
}

function connected(connect: Connect): Session {
  const session = new Session();
  connect(session);
  return session;
}

/** A session that is open when the process exits makes Node.js say so on the application's stderr. */
async function readAndLeave(session: Session, timeoutSeconds: Seconds): Promise<ProfileReading> {
  try {
    return await readOnce(session, timeoutSeconds);
  } finally {
    session.disconnect();
  }
}

function startByInspector(session: Session, sampler: Extract<SamplerState, { kind: 'inspector' }>): Session {
  const { sampleBytes: samplingInterval, stackDepth } = sampler;
  // The protocol's types lag behind: stackDepth is there since V8 11.
  session.post('HeapProfiler.startSampling', { samplingInterval, stackDepth } as {
    samplingInterval: number;
  });
  return session;
}

function readOnce(session: Session, timeoutSeconds: Seconds): Promise<ProfileReading> {
  const startedAtMs = performance.now();
  return new Promise((resolve) => {
    // It also keeps a worker alive: a pending post does not.
    const timer = setTimeout(() => resolve({ kind: 'no-answer' }), timeoutSeconds * 1000);
    session.post('HeapProfiler.getSamplingProfile', (error, answer) => {
      clearTimeout(timer);
      if (error) resolve({ kind: 'not-sampling', reason: error.message });
      else {
        const document = answer.profile as unknown as SamplingDocument;
        resolve({ kind: 'read', document, tookSeconds: (performance.now() - startedAtMs) / 1000 });
      }
    });
  });
}
