// One line of a snapshot's statistics, and of a comparison of two. The orders are tracemalloc's: the largest first, and what
// is equal in size by its count, then by its traceback, all from the largest down.
import type { Bytes } from '../../units/index.ts';
import { sizeText } from './size-text.ts';
import type { Traceback } from './traceback.ts';

export class Statistic {
  readonly traceback: Traceback;
  readonly size: Bytes;
  readonly count: number;

  constructor(traceback: Traceback, size: Bytes, count: number) {
    this.traceback = traceback;
    this.size = size;
    this.count = count;
  }

  toString(): string {
    return `${this.traceback.toString()}: size=${sizeText(this.size)}, count=${whole(this.count)}${average(this)}`;
  }
}

export class StatisticDiff {
  readonly traceback: Traceback;
  readonly size: Bytes;
  readonly sizeDiff: Bytes;
  readonly count: number;
  readonly countDiff: number;

  constructor(traceback: Traceback, size: Bytes, sizeDiff: Bytes, count: number, countDiff: number) {
    this.traceback = traceback;
    this.size = size;
    this.sizeDiff = sizeDiff;
    this.count = count;
    this.countDiff = countDiff;
  }

  toString(): string {
    const size = `${sizeText(this.size)} (${sizeText(this.sizeDiff, true)})`;
    const count = `${whole(this.count)} (${this.countDiff < 0 ? '' : '+'}${whole(this.countDiff)})`;
    return `${this.traceback.toString()}: size=${size}, count=${count}${average(this)}`;
  }
}

export function compareStatistics(a: Statistic, b: Statistic): number {
  return b.size - a.size || b.count - a.count || b.traceback.compare(a.traceback);
}

export function compareStatisticDiffs(a: StatisticDiff, b: StatisticDiff): number {
  return (
    Math.abs(b.sizeDiff) - Math.abs(a.sizeDiff) ||
    b.size - a.size ||
    Math.abs(b.countDiff) - Math.abs(a.countDiff) ||
    b.count - a.count ||
    b.traceback.compare(a.traceback)
  );
}

function average({ size, count }: { readonly size: Bytes; readonly count: number }): string {
  return count === 0 ? '' : `, average=${sizeText(size / count)}`;
}

function whole(count: number): string {
  return count.toFixed(0);
}
