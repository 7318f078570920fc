// V8's allocation sampler, started through its C++ interface by an optional package. Started so, a reading shows what is
// there and costs a millisecond or two; started through the inspector, V8 collects all garbage before every reading (62–153 ms
// at 100 MB of heap). There is one sampler a thread, whoever starts it.
//
// The package's own front door is not used: it loads the CPU profiler and a source map reader too, and it refuses a second
// start by throwing, at a profiler that the application starts after us.
import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { type Bytes, MIB } from '../../units/index.ts';

export interface NativeSampler {
  /** Whether this thread's sampler runs, whoever started it. */
  isRunning(): boolean;
  /** Does nothing when it runs already. */
  start(sampleBytes: Bytes, stackDepth: number): void;
  /** Once, when the heap is full: runs `command` with the path of a temporary file that holds the profile, and waits for it. */
  exportNearLimit(command: readonly string[]): void;
  /** Ends it for everybody in this thread: only its starter may. */
  stop(): void;
}

interface Bindings {
  startSamplingHeapProfiler(sampleBytes: Bytes, stackDepth: number): void;
  stopSamplingHeapProfiler(): void;
  /** Throws while nothing is sampled. */
  getAllocationProfile(): object;
  monitorOutOfMemory(
    extensionBytes: Bytes,
    mostExtensions: number,
    dumpOnStderr: boolean,
    command: readonly string[],
    callback: undefined,
    callbackMode: number,
    isMainThread: boolean,
    automaticExtension: boolean,
  ): void;
}

/** The limit stays where it is for the application: it dies when it would have died, only a little later. */
const EXTENSIONS = 0;
/**
 * By so much the limit is raised where V8 runs into it once more while the profile is put together, and V8 leaves it there until the
 * heap is well below what it was: too much would let the application outgrow its container. V8 may be over the limit by what it has
 * promoted out of the young generation: JSON.parse of something huge was 14 MB over, and 10 MB more, the default, were not enough.
 */
const CAPTURE_BYTES: Bytes = 32 * MIB;
const NO_CALLBACK = 0;
const BINDINGS = '@datadog/pprof/out/src/heap-profiler-bindings.js';

/** A reason instead where the package is not installed, or not built for this Node.js. */
export function loadNativeSampler(): NativeSampler | { readonly missing: string } {
  try {
    return samplerOver(createRequire(import.meta.url)(BINDINGS) as Bindings);
  } catch (error) {
    return { missing: firstLine(error) };
  }
}

function samplerOver(bindings: Bindings): NativeSampler {
  return {
    isRunning() {
      try {
        bindings.getAllocationProfile();
        return true;
      } catch {
        return false;
      }
    },
    start: (sampleBytes, stackDepth) => bindings.startSamplingHeapProfiler(sampleBytes, stackDepth),
    exportNearLimit: (command) =>
      bindings.monitorOutOfMemory(
        CAPTURE_BYTES,
        EXTENSIONS,
        false,
        command,
        undefined,
        NO_CALLBACK,
        isMainThread,
        false,
      ),
    stop: () => bindings.stopSamplingHeapProfiler(),
  };
}

function firstLine(error: unknown): string {
  return String((error as Error).message ?? error).split('\n', 1)[0] ?? '';
}
