// Runs the judge and its rivals over traces as the data arrives, and counts.
import { createJudge, type SeriesSample } from '../../src/leak/index.ts';
import type { LabelledTrace } from './classes.ts';
import type { HostTrace } from './hosts.ts';
import { STEP_SECONDS, type Trace } from './process.ts';
import { type Figures, RIVALS } from './rivals.ts';

/** What one detector said of one trace. */
export interface Outcome {
  /** When it began to say leak and kept to it until the end. */
  readonly keptSinceSeconds: number | undefined;
  /** How often it began to say leak. */
  readonly alarms: number;
  /** How often the rule of the alert would have told people; a detector without such a rule tells at once. */
  readonly raised: number;
}

export interface TraceOutcome {
  readonly name: string;
  readonly leak: boolean;
  readonly onsetSeconds: number;
  readonly endSeconds: number;
  /** By detector. */
  readonly outcomes: Readonly<Record<string, Outcome>>;
}

export const OURS = 'plimsoll';

/** Rivals look when the judge does: each time the history has grown by 3 %, from 60 samples on. */
const LOOK_EVERY = 1.03;
const FIRST_LOOK = 60;
const MOST_FIGURES = 200;

export function sampleAt(trace: Trace, index: number): SeriesSample {
  const figure = (column: Float64Array | undefined) => column?.[index];
  const sample = {
    atSeconds: trace.t[index] ?? 0,
    heapFloorBytes: figure(trace.heapUsedAfterGc),
    heapUsedBytes: figure(trace.heapUsed),
    rssBytes: figure(trace.rss),
    requestsPerSecond: figure(trace.requestsPerSecond),
    limitBytes: trace.limit,
  };
  return Object.fromEntries(
    Object.entries(sample).filter(([, value]) => value !== undefined),
  ) as unknown as SeriesSample;
}

export function measureTrace({ name, leak, onsetSeconds, trace }: LabelledTrace): TraceOutcome {
  const outcomes: Record<string, Outcome> = { [OURS]: judged(trace) };
  for (const rival of RIVALS) outcomes[rival.name] = watched(trace, rival.saysLeak);
  return { name, leak, onsetSeconds, endSeconds: trace.t.at(-1) ?? 0, outcomes };
}

function judged(trace: Trace): Outcome {
  const judge = createJudge({ subject: 'process:1' });
  let alarms = 0;
  let raised = 0;
  let saying = false;
  let settled = false;
  for (let index = 0; index < trace.t.length; index++) {
    judge.add(sampleAt(trace, index));
    const says = judge.sayingSinceSeconds !== undefined;
    if (says && !saying) alarms += 1;
    if (judge.isSettled && !settled) raised += 1;
    saying = says;
    settled = judge.isSettled;
  }
  return { keptSinceSeconds: judge.sayingSinceSeconds, alarms, raised };
}

function watched(trace: Trace, saysLeak: (figures: Figures) => boolean): Outcome {
  const columns = [trace.heapUsedAfterGc ?? trace.heapUsed, trace.rss].filter(
    (column) => column !== undefined,
  );
  let keptSinceSeconds: number | undefined;
  let alarms = 0;
  let next = FIRST_LOOK;
  for (let count = FIRST_LOOK; count <= trace.t.length; count++) {
    if (count < next) continue;
    next = count * LOOK_EVERY;
    const says = columns.some((column) => saysLeak(figuresOf(trace, column, count)));
    if (!says) keptSinceSeconds = undefined;
    else if (keptSinceSeconds === undefined) {
      keptSinceSeconds = trace.t[count - 1];
      alarms += 1;
    }
  }
  return { keptSinceSeconds, alarms, raised: alarms };
}

function figuresOf(trace: Trace, column: Float64Array, count: number): Figures {
  const kept = Math.min(MOST_FIGURES, count);
  const indices = Array.from({ length: kept }, (_, index) => Math.floor(((index + 1) * count) / kept) - 1);
  return {
    t: indices.map((index) => trace.t[index] ?? 0),
    bytes: indices.map((index) => column[index] ?? 0),
    limit: trace.limit,
  };
}

export interface HostOutcome {
  readonly leak: boolean;
  readonly days: number;
  readonly alarms: number;
  readonly kept: boolean;
}

export function measureHost({ leak, usedBytes, totalBytes }: HostTrace): HostOutcome {
  const judge = createJudge({ subject: 'host' });
  let alarms = 0;
  let saying = false;
  for (const [index, bytes] of usedBytes.entries()) {
    judge.add({ atSeconds: index * STEP_SECONDS, usedBytes: bytes, limitBytes: totalBytes });
    const says = judge.sayingSinceSeconds !== undefined;
    if (says && !saying) alarms += 1;
    saying = says;
  }
  return { leak, days: (usedBytes.length * STEP_SECONDS) / 86_400, alarms, kept: saying };
}
