// Debounced writes on driftless timers: the handle of each that has fired stays in the package's table.
import { setDriftlessTimeout } from 'driftless';
import { drive, fixed } from './loop.mjs';

const later = fixed ? setTimeout : setDriftlessTimeout;

await drive({
  rate: 150,
  warmup: 500,
  step: 400,
  iter(i) {
    const order = { id: i, lines: Array.from({ length: 20 }, (_, k) => `line-${i}-${k}`) };
    return new Promise((resolve) => later(() => resolve(order.lines.length), 1));
  },
});
