// What is known right now, and how fresh that is. A connection that stalls is shown as stale: silence never looks like flat
// memory.
import type { EventData } from '../../../src/api/wire.ts';
import { type Cell, createCell } from '../state/cell.ts';
import type { Client } from './client.ts';
import { followStream } from './stream.ts';

export type Sample = EventData['sample'];

export type Freshness =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** `ageSeconds` since the newest sample came. */
  | { readonly kind: 'stale'; readonly ageSeconds: number }
  | { readonly kind: 'lost'; readonly ageSeconds: number | undefined };

export interface Live {
  readonly sample: Cell<Sample | undefined>;
  readonly freshness: Cell<Freshness>;
  /** Seconds since the Unix epoch by the monitor's clock; moves once a second. */
  readonly now: Cell<number>;
  /** Counts reconnections: what was asked for before has a gap since. */
  readonly epoch: Cell<number>;
  /** Counts alerts and verdicts heard of: what lists them is out of date. */
  readonly news: Cell<number>;
  /** Calls back on every sample until the returned function is called. */
  onSample(listener: (sample: Sample) => void): () => void;
  expectEvery(sampleIntervalSeconds: number): void;
  stop(): void;
}

/** Clocks this far apart are different clocks, not a delay. */
const CLOCK_SKEW_SECONDS = 30;
const TICK_MS = 1000;

export function startLive(client: Client): Live {
  const sample = createCell<Sample | undefined>(undefined);
  const freshness = createCell<Freshness>({ kind: 'connecting' });
  const epoch = createCell(0);
  const news = createCell(0);
  const clock = createMonitorClock();
  const now = createCell(clock.now());
  const listeners = new Set<(sample: Sample) => void>();
  let connected = false;
  let wasLost = false;
  let receivedAtMs: number | undefined;
  let intervalSeconds = 10;

  const judge = () => {
    now.set(clock.now());
    const ageSeconds = receivedAtMs === undefined ? undefined : (performance.now() - receivedAtMs) / 1000;
    freshness.set(judgeFreshness(connected, ageSeconds, intervalSeconds, freshness.get()));
  };
  const take = (taken: Sample) => {
    receivedAtMs = performance.now();
    clock.adjust(Date.parse(taken.timestamp) / 1000, intervalSeconds);
    sample.set(taken);
    judge();
    for (const listener of listeners) listener(taken);
  };
  const stopStream = followStream(client, {
    onOpen: () => {
      connected = true;
      if (wasLost) epoch.set(epoch.get() + 1);
      wasLost = false;
      judge();
    },
    onEvent: (name, data) => {
      if (name === 'sample') take(data as Sample);
      else news.set(news.get() + 1);
    },
    onLost: () => {
      connected = false;
      wasLost = true;
      judge();
    },
  });
  const timer = setInterval(judge, TICK_MS);
  return {
    sample,
    freshness,
    now,
    epoch,
    news,
    onSample: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    expectEvery: (seconds) => {
      intervalSeconds = seconds;
    },
    stop: () => {
      clearInterval(timer);
      stopStream();
    },
  };
}

/** Two samples may go missing, and the network may take its time, before anything is called stale. */
export function staleAfterSeconds(intervalSeconds: number): number {
  return intervalSeconds * 2.5 + 2;
}

export function judgeFreshness(
  connected: boolean,
  ageSeconds: number | undefined,
  intervalSeconds: number,
  before: Freshness,
): Freshness {
  if (!connected) {
    return before.kind === 'connecting' && ageSeconds === undefined ? before : { kind: 'lost', ageSeconds };
  }
  if (ageSeconds === undefined) return { kind: 'connecting' };
  if (ageSeconds > staleAfterSeconds(intervalSeconds)) return { kind: 'stale', ageSeconds };
  return before.kind === 'live' ? before : { kind: 'live' };
}

/** The browser's clock, set right by the monitor's where the two are apart. */
function createMonitorClock() {
  let offsetSeconds = 0;
  const own = () => Date.now() / 1000;
  return {
    now: () => own() + offsetSeconds,
    adjust: (monitorSeconds: number, intervalSeconds: number) => {
      const apart = monitorSeconds - own();
      offsetSeconds = Math.abs(apart) > CLOCK_SKEW_SECONDS + intervalSeconds ? apart : 0;
    },
  };
}
