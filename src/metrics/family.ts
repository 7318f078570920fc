// A metric family as one row of a table: its name, type, labels and help, and how to find its series in a reading. The rows
// are the single source of what is registered and of docs/metrics.md.
import type { MetricsReading } from './reading.ts';

export type Labels = Readonly<Record<string, string | number>>;

export interface Series {
  readonly labels: Labels;
  readonly value: number;
}

export interface Family {
  /** Without the prefix. A counter's ends in `_total`. */
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  /** `seed`: dashboards and rules from before this project use the name; it never changes. */
  readonly origin: 'seed' | 'new';
  /** Label → the values there can be, or in words what they are. */
  readonly labels: Readonly<Record<string, readonly string[] | string>>;
  /** One sentence without quotes or backslashes, which OpenMetrics would escape. */
  readonly help: string;
  /** None where the source had nothing to say: an absent figure is an absent series, never 0. */
  readonly series: (reading: MetricsReading) => readonly Series[];
}

export interface FamilyGroup {
  readonly title: string;
  readonly families: readonly Family[];
}

/** The one series of a family without labels. */
export function single(value: number | undefined): readonly Series[] {
  return value !== undefined ? [{ labels: {}, value }] : [];
}

/** A series for each value of `label` that has a figure. */
export function each(
  label: string,
  figures: Readonly<Record<string, number | undefined>>,
): readonly Series[] {
  return Object.entries(figures).flatMap(([name, value]) =>
    value !== undefined ? [{ labels: { [label]: name }, value }] : [],
  );
}

/** One figure that makes no sense must not cost the scrape: it has no series, like one that is absent. */
export function isShowable(type: Family['type'], value: number): boolean {
  return Number.isFinite(value) && (type === 'gauge' || value >= 0);
}
