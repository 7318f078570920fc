// The history of some metrics over the range in the URL: asked for when the range changes and after a reconnection, and
// continued by live samples in between.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { HistoryColumns } from '../../../src/api/wire.ts';
import type { Seconds } from '../../../src/units/index.ts';
import type { Client, RequestError } from '../connection/client.ts';
import type { Sample } from '../connection/live.ts';
import { historyOf } from '../connection/questions.ts';
import { type Range, type Span, spanOf } from '../navigation/range.ts';
import { attempt } from '../state/answer.ts';
import { useCell } from '../state/cell.ts';
import { useDashboard } from '../state/dashboard.tsx';
import { appendReading, type Columns, type Reading, toColumns } from './columns.ts';

/** Asked for again this often: of a roll-up the newest bucket is still filling. */
const REFRESH_SECONDS = 60;
/** An axis never shows less than this. */
const SHORTEST_SPAN: Seconds = 60;

export interface HistoryRequest {
  /** `history`, or `processes/4211/history`. */
  readonly path: string;
  readonly metrics: readonly string[];
  /** What a live sample says of these metrics; undefined where it says nothing. */
  readonly read: (sample: Sample) => Reading | undefined;
  /** How often to ask again; more often for what live samples do not have. */
  readonly everySeconds?: number;
}

export interface HistoryState {
  readonly columns: Columns | undefined;
  readonly error: RequestError | undefined;
  /** What the axis shows: the range, or since when anything is known where that is much shorter. */
  readonly span: Span;
}

export function useHistory({
  path,
  metrics,
  read,
  everySeconds = REFRESH_SECONDS,
}: HistoryRequest): HistoryState {
  const { client, live, location } = useDashboard();
  const { range } = useCell(location.route);
  const locked = useCell(client.locked);
  const epoch = useCell(live.epoch);
  const now = useCell(live.now);
  const question = historyOf(path, metrics, range);
  const [columns, setColumns] = useState(() => knownColumns(client, question));
  const isKnown = useRef(columns !== undefined);
  const [error, setError] = useState<RequestError>();
  const rangeKey = JSON.stringify(range);

  useEffect(() => {
    if (locked) return;
    const stop = new AbortController();
    const ask = async () => {
      const next = await attempt(() => client.get<HistoryColumns>(question, stop.signal));
      if (stop.signal.aborted) return;
      setError('error' in next ? next.error : undefined);
      if ('data' in next) setColumns(toColumns(next.data));
    };
    if (!isKnown.current) void ask();
    isKnown.current = false;
    const timer = setInterval(() => void ask(), everySeconds * 1000);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [client, question, everySeconds, locked, epoch]);

  useEffect(() => {
    if (range.kind !== 'last') return;
    return live.onSample((sample) => {
      const reading = read(sample);
      const at = Date.parse(sample.timestamp) / 1000;
      if (reading) setColumns((known) => known && appendReading(known, at, reading, at - range.seconds));
    });
  }, [live, rangeKey, path]);

  const first = columns?.at[0];
  const end = range.kind === 'last' ? nextPixel(now, Math.min(range.seconds, now - (first ?? 0))) : 0;
  const span = useMemo(() => fitSpan(range, end, first), [rangeKey, end, first]);
  return { columns, error, span };
}

function knownColumns(client: Client, question: string): Columns | undefined {
  const known = client.known<HistoryColumns>(question);
  return known && toColumns(known);
}

const WIDEST_PIXELS = 1400;

/** A week does not move within a second: an axis that would shift by less than a pixel is not drawn anew. */
function nextPixel(nowSeconds: Seconds, shownSeconds: Seconds): Seconds {
  const step = Math.max(1, shownSeconds / WIDEST_PIXELS);
  return Math.ceil(nowSeconds / step) * step;
}

/** A range of an hour of which five minutes are known shows the five minutes. */
export function fitSpan(range: Range, nowSeconds: Seconds, firstSeconds: Seconds | undefined): Span {
  const span = spanOf(range, nowSeconds);
  if (range.kind === 'between' || firstSeconds === undefined) return span;
  const known = Math.max(SHORTEST_SPAN, nowSeconds - firstSeconds);
  const whole = span.toSeconds - span.fromSeconds;
  return known < whole / 2 ? { fromSeconds: nowSeconds - known, toSeconds: nowSeconds } : span;
}
