// The demonstration's leak: a shop that remembers every order it ever took. What a monitor should find is the function
// `remember`, here, and the array `remembered` that holds what it allocates.
import type { Bytes } from '../../units/index.ts';

/** One order's lines are about 100 KiB of heap, so that the leak shows within a minute at a few orders a second. */
const LINES_PER_ORDER = 1000;

interface OrderLine {
  readonly article: string;
  readonly quantity: number;
  readonly price: number;
}

interface Order {
  readonly customer: string;
  readonly lines: readonly OrderLine[];
}

export interface OrderBook {
  /** Answers how many orders are kept. */
  take(customer: string): number;
}

/** `heapUsedBytes` is asked at each order: at the ceiling nothing more is kept, so that the demonstration harms nobody. */
export function openOrderBook(ceilingBytes: Bytes, heapUsedBytes: () => Bytes): OrderBook {
  const remembered: Order[] = [];

  function remember(customer: string): void {
    const lines: OrderLine[] = [];
    for (let line = 0; line < LINES_PER_ORDER; line += 1)
      lines.push({ article: `${customer}/${line}`, quantity: line, price: line + 0.5 });
    remembered.push({ customer, lines });
  }

  return {
    take(customer) {
      if (heapUsedBytes() < ceilingBytes) remember(customer);
      return remembered.length;
    },
  };
}
