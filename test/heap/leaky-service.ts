// A service that leaks in three functions, so much in each, while it allocates and forgets as much again. It is run as it
// is, compiled, and bundled; tests find the functions by the names and lines that stand here.

interface Order {
  readonly id: number;
  readonly lines: number[];
}

/**
 * 1000 numbers on the heap are 8,000 bytes and a little. Whole ones: for fractions V8 would drop what it has allocated and
 * allocate again, and where it allocates array and content in one go its sampler keeps counting both.
 */
function numbers(length: number): number[] {
  return Array<number>(length).fill(5);
}

class Ledger {
  readonly #entries: number[][] = [];

  // The array is made here and not in a function of its own: the sampler names the function that allocates.
  enter(): void {
    this.#entries.push(Array<number>(1000).fill(5));
  }
}

const orders: Order[] = [];
const sessions = new Map<number, number[]>();
const ledger = new Ledger();

function rememberOrder(id: number): void {
  orders.push({ id, lines: Array<number>(1000).fill(5) });
}

const openSession = (id: number): void => {
  sessions.set(id, Array<number>(1000).fill(5));
};

/** What is in use for a while: it outlives the young generation, so that the old one has garbage too, and collections. */
const inUse: number[][] = [];
const IN_USE = 2000;
let next = 0;

function churn(): void {
  inUse[next] = numbers(1000);
  next = (next + 1) % IN_USE;
}

/** Leaks 96, 60 and 36 objects of 8 KB a round: 240, 150 and 90 MB (of 1000² bytes) in 312 rounds. */
function round(first: number): void {
  for (let i = 0; i < 96; i += 1) {
    rememberOrder(first + i);
    if (i < 60) ledger.enter();
    if (i < 36) openSession(first + i);
    churn();
  }
}

const ROUNDS = 312;
let done = 0;
let leaking = false;

process.on('message', () => {
  leaking = true;
});

setInterval(() => {
  for (let i = 0; i < 100; i += 1) churn();
  if (!leaking || done === ROUNDS) return;
  round(done * 96);
  done += 1;
  if (done === ROUNDS) process.send?.('leaked');
}, 5);

// V8 lets garbage lie in the old space until it needs room. What is live can only be held against the sampler when it has gone.
setInterval(() => globalThis.gc?.(), 1000);
