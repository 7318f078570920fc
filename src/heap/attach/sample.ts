// Samples allocations through an open connection: V8's sampler is started, left running for a while, and read once at its end.
// There is one sampler a thread: one that runs already, somebody else's, is read and neither started over nor stopped.
import type { Bytes, Seconds } from '../../units/index.ts';
import type { SamplingDocument } from '../sampler/sampling-document.ts';
import type { Answer, Connection } from './connection.ts';
import { AttachError } from './errors.ts';
import { forecastPause, type PauseForecast, pauseText } from './forecast.ts';

export interface SampleOptions {
  readonly seconds: Seconds;
  /** Mean allocated bytes between two samples. */
  readonly sampleBytes: Bytes;
  /** Ends the sampling early; what was sampled so far is read. */
  readonly abort: AbortSignal;
  /** Told before anything is paused. */
  readonly onForecast: (nodeVersion: string, forecast: PauseForecast) => void;
  /** Asked only where the forecast says so. */
  readonly consent: (forecast: PauseForecast) => Promise<boolean>;
  readonly onSampling: () => void;
}

export interface Sampled {
  readonly document: SamplingDocument;
  /** Such as `v24.1.0`. */
  readonly nodeVersion: string;
  /** Before the sampling. */
  readonly heapUsedBytes: Bytes;
  readonly sampledSeconds: Seconds;
  /** The most that the process can have been paused to read the profile. */
  readonly pauseSeconds: Seconds;
  /** The sampler was somebody else's: its interval is not known, nor since when it runs. */
  readonly foreignSampler: boolean;
}

/** Frames kept of a stack. */
export const STACK_DEPTH = 64;

const ANSWER_SECONDS: Seconds = 10;
/** Beyond the forecast: the machine may be busy. */
const PATIENCE = 10;

export async function sample(connection: Connection, options: SampleOptions): Promise<Sampled> {
  const { nodeVersion, forecast } = await announce(connection, options);
  const patience = ANSWER_SECONDS + PATIENCE * forecast.highSeconds;
  const foreignSampler = await isSampling(connection, patience);
  if (options.abort.aborted) throw new AttachError('ATTACH_INTERRUPTED', 'nothing was sampled');
  if (!foreignSampler) await startSampler(connection, options.sampleBytes);
  options.onSampling();
  const startedMs = performance.now();
  await waitFor(options.seconds, options.abort, connection);
  const endedMs = performance.now();
  const document = await readSampler(connection, foreignSampler, patience);
  return {
    document,
    nodeVersion,
    heapUsedBytes: forecast.heapUsedBytes,
    sampledSeconds: (endedMs - startedMs) / 1000,
    pauseSeconds: (performance.now() - endedMs) / 1000,
    foreignSampler,
  };
}

/** Says what it will cost, and throws ATTACH_NOT_CONFIRMED where that is much and nobody agrees. */
async function announce(connection: Connection, { onForecast, consent }: SampleOptions) {
  const nodeVersion = await askVersion(connection);
  const forecast = forecastPause(await askHeapUsed(connection));
  onForecast(nodeVersion, forecast);
  if (forecast.needsConsent && !(await consent(forecast)))
    throw new AttachError('ATTACH_NOT_CONFIRMED', `reading the profile would pause ${pauseText(forecast)}`);
  return { nodeVersion, forecast };
}

async function askVersion(connection: Connection): Promise<string> {
  const answer = await connection.ask('Runtime.evaluate', { expression: 'process.version' }, ANSWER_SECONDS);
  const { result } = resultOf(answer) as { readonly result?: { readonly value?: unknown } };
  return String(result?.value);
}

async function askHeapUsed(connection: Connection): Promise<Bytes> {
  const answer = await connection.ask('Runtime.getHeapUsage', {}, ANSWER_SECONDS);
  return (resultOf(answer) as { readonly usedSize: Bytes }).usedSize;
}

async function startSampler(connection: Connection, samplingInterval: Bytes): Promise<void> {
  const parameters = { samplingInterval, stackDepth: STACK_DEPTH };
  resultOf(await connection.ask('HeapProfiler.startSampling', parameters, ANSWER_SECONDS));
}

/** A sampler that does not run answers with an error. */
async function isSampling(connection: Connection, timeoutSeconds: Seconds): Promise<boolean> {
  const answer = await connection.ask('HeapProfiler.getSamplingProfile', {}, timeoutSeconds);
  return answer.kind === 'result';
}

/** Our own ends with it. */
async function readSampler(
  connection: Connection,
  foreign: boolean,
  timeoutSeconds: Seconds,
): Promise<SamplingDocument> {
  const method = foreign ? 'HeapProfiler.getSamplingProfile' : 'HeapProfiler.stopSampling';
  const answer = await connection.ask(method, {}, timeoutSeconds);
  if (answer.kind === 'error') throw new AttachError('SAMPLER_ENDED', answer.message);
  return (answer.result as { readonly profile: SamplingDocument }).profile;
}

function resultOf(answer: Answer): object {
  if (answer.kind === 'error')
    throw new AttachError('PROCESS_NO_ANSWER', `the process says: ${answer.message}`);
  return answer.result;
}

/** Until the time is over, it is interrupted or the connection has ended. */
async function waitFor(seconds: Seconds, abort: AbortSignal, connection: Connection): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, seconds * 1000);
  const onAbort = (): void => resolve();
  abort.addEventListener('abort', onAbort);
  await Promise.race([promise, connection.ended]);
  clearTimeout(timer);
  abort.removeEventListener('abort', onAbort);
}
