// The functions of Python's tracemalloc module, for the service that the monitor runs in. They mean what they mean there, as
// far as V8 can; docs/profiling.md says where it cannot.
import { STACK_DEPTH_RANGE } from '../heap/sampler/sampler-switch.ts';
import { CodedError } from '../model/index.ts';
import type { TracedMemory, TracingOutcome } from '../monitor/monitor.ts';
import type { Bytes } from '../units/index.ts';
import type { AllocationSnapshot } from './allocation-snapshot.ts';
import type { Dialogue } from './dialogue.ts';

export class Tracemalloc {
  readonly #ask: Dialogue['ask'];
  /**
   * A snapshot of what lives now.
   * @throws {CodedError} PROFILING_DISABLED while nothing is traced, SNAPSHOT_TOO_SOON, SNAPSHOT_TIMED_OUT, PROFILING_UNAVAILABLE.
   */
  readonly takeSnapshot: () => Promise<AllocationSnapshot>;

  constructor(ask: Dialogue['ask'], takeSnapshot: () => Promise<AllocationSnapshot>) {
    this.#ask = ask;
    this.takeSnapshot = takeSnapshot;
  }

  /**
   * Begins tracing: what was allocated before never shows. `nframe`: frames a stack keeps, 1 to 128; 64 when absent.
   * Changes nothing while tracing is on, `nframe` included.
   * @throws {CodedError} TRACEBACK_LIMIT, TRACING_TIMED_OUT.
   */
  async start(nframe?: number): Promise<void> {
    if (nframe !== undefined) checkLimit(nframe);
    mustBeDone(await this.#ask('orderSampler', { kind: 'start', stackDepth: nframe }));
  }

  /**
   * Ends tracing and forgets what was traced; kept snapshots stay. Does nothing while tracing is off.
   * @throws {CodedError} SAMPLER_FOREIGN where another profiler runs V8's sampler, TRACING_TIMED_OUT.
   */
  async stop(): Promise<void> {
    mustBeDone(await this.#ask('orderSampler', { kind: 'stop' }));
  }

  /**
   * Forgets what was traced so far, the peak included, and goes on. Does nothing while tracing is off.
   * @throws {CodedError} SAMPLER_FOREIGN where another profiler runs V8's sampler, TRACING_TIMED_OUT.
   */
  async clearTraces(): Promise<void> {
    mustBeDone(await this.#ask('orderSampler', { kind: 'clear' }));
  }

  async isTracing(): Promise<boolean> {
    return (await this.#ask('tracing', undefined)).kind === 'on';
  }

  /** Frames that a stack keeps, or would keep after a start. Undefined where another profiler has set it. */
  async getTracebackLimit(): Promise<number | undefined> {
    return (await this.#ask('tracing', undefined)).tracebackLimit;
  }

  /**
   * Bytes that live now, and the most of all readings since the start, a clear or a reset: what lived between two readings does
   * not count. Zeros while nothing is traced or nothing was read yet.
   */
  async getTracedMemory(): Promise<{ readonly current: Bytes; readonly peak: Bytes }> {
    const traced: TracedMemory | undefined = await this.#ask('tracedMemory', undefined);
    return { current: traced?.currentBytes ?? 0, peak: traced?.peakBytes ?? 0 };
  }

  /** The peak is from now on what lives now. */
  async resetPeak(): Promise<void> {
    await this.#ask('resetPeak', undefined);
  }

  /** Bytes that the monitor holds for tracing (snapshots, readings, source maps): an estimate, without V8's own. */
  getTracemallocMemory(): Promise<Bytes> {
    return this.#ask('tracemallocMemory', undefined);
  }
}

function checkLimit(nframe: number): void {
  const { min, max } = STACK_DEPTH_RANGE;
  if (Number.isInteger(nframe) && nframe >= min && nframe <= max) return;
  throw new CodedError(
    'TRACEBACK_LIMIT',
    `a traceback cannot keep ${nframe} frames`,
    `give a whole number from ${min} to ${max}`,
  );
}

function mustBeDone(outcome: TracingOutcome): void {
  switch (outcome.kind) {
    case 'done':
      return;
    case 'foreign':
      throw new CodedError(
        'SAMPLER_FOREIGN',
        "another profiler runs V8's sampler",
        'end that profiler first: the monitor ends only what it started',
      );
    case 'no-answer':
      throw new CodedError(
        'TRACING_TIMED_OUT',
        "the application's event loop took no order, and nothing was changed",
        'try again when it runs',
      );
    case 'unavailable':
      throw new CodedError(
        'PROFILING_UNAVAILABLE',
        'no thread here can be sampled',
        'use the monitor inside a service',
      );
  }
}
