// Readings of the page's heap, as text.
import type { HeapReading } from './flat-heap.ts';

const mib = (bytes: number) => (bytes / 1024 ** 2).toFixed(2);

export function heapTable(readings: readonly HeapReading[]): string {
  const rows = readings.map(
    ({ afterSeconds, samples, usedBytes }) => `| ${afterSeconds} | ${samples} | ${mib(usedBytes)} |`,
  );
  return ['| after, s | samples | heap used, MiB |', '|---:|---:|---:|', ...rows].join('\n');
}

/** Of the line of least squares. */
export function slopeKibPerHour(readings: readonly HeapReading[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const hours = readings.map(({ afterSeconds }) => afterSeconds / 3600);
  const kib = readings.map(({ usedBytes }) => usedBytes / 1024);
  const [middleHour, middleKib] = [mean(hours), mean(kib)];
  const products = hours.map((hour, index) => (hour - middleHour) * ((kib[index] ?? 0) - middleKib));
  return mean(products) / mean(hours.map((hour) => (hour - middleHour) ** 2));
}
