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

/** Only in a worker thread. */
export function openMainThreadReader(sampler: SamplerState): ProfileReader {
  const session = new Session();
  session.connectToMainThread();
  return readerOver(session, sampler);
}

export function openOwnThreadReader(sampler: SamplerState): ProfileReader {
  const session = new Session();
  session.connect();
  return readerOver(session, sampler);
}

function readerOver(session: Session, sampler: SamplerState): ProfileReader {
  if (sampler.kind === 'inspector') startByInspector(session, sampler);
  let last: Promise<unknown> = Promise.resolve();
  return {
    read(timeoutSeconds) {
      const reading = last.then(() => readOnce(session, timeoutSeconds));
      last = reading;
      return reading;
    },
    close: () => session.disconnect(),
  };
}

function startByInspector(session: Session, sampler: Extract<SamplerState, { kind: 'inspector' }>): void {
  const { sampleBytes: samplingInterval, stackDepth } = sampler;
  // The protocol's types lag behind: stackDepth is there since V8 11.
  session.post('HeapProfiler.startSampling', { samplingInterval, stackDepth } as {
    samplingInterval: number;
  });
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
