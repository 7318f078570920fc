// Slow database queries out of OpenTelemetry's spans: a SpanProcessor to give to any SDK. It is typed by shape alone, so that
// nothing of OpenTelemetry is a dependency.
import type { TrackedQuery } from './service/system-monitor.ts';

/** Seconds and nanoseconds, as OpenTelemetry's HrTime. */
type HrTime = readonly [number, number];

/** What is used of a finished span (ReadableSpan in the SDK). */
export interface FinishedSpan {
  readonly name: string;
  readonly duration: HrTime;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface QuerySink {
  trackSlowQuery(query: TrackedQuery): void;
}

/** The semantic conventions' names, the stable ones first and then those they replaced. */
const SYSTEM = ['db.system.name', 'db.system'] as const;
const TEXT = ['db.query.text', 'db.statement'] as const;
const SUMMARY = ['db.query.summary', 'db.operation.name', 'db.operation'] as const;

/** `new NodeSDK({ spanProcessors: [new SlowQuerySpanProcessor(monitor)] })`. */
export class SlowQuerySpanProcessor {
  readonly #sink: QuerySink;

  constructor(sink: QuerySink) {
    this.#sink = sink;
  }

  onStart(): void {}

  onEnd(span: FinishedSpan): void {
    if (first(span.attributes, SYSTEM) === undefined) return;
    const query = first(span.attributes, TEXT) ?? first(span.attributes, SUMMARY) ?? span.name;
    this.#sink.trackSlowQuery({ query, durationMs: milliseconds(span.duration) });
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}

function first(attributes: FinishedSpan['attributes'], names: readonly string[]): string | undefined {
  const value = names.map((name) => attributes[name]).find((candidate) => typeof candidate === 'string');
  return value as string | undefined;
}

function milliseconds([seconds, nanoseconds]: HrTime): number {
  return seconds * 1000 + nanoseconds / 1e6;
}
