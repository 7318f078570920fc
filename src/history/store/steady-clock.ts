// Whether the clock can be trusted to say what is old. A clock that is briefly wrong by a year would otherwise cost a year of
// history: nothing is dropped for its age until the clock has run evenly for a while.
export class SteadyClock {
  #lastMs: number | undefined;
  #evenSinceMs = 0;

  /** Returns whether the clock has run without a jump for long enough. */
  observe(nowMs: number): boolean {
    const jumped = this.#lastMs === undefined || nowMs < this.#lastMs || nowMs > this.#lastMs + MAX_STEP_MS;
    if (jumped) this.#evenSinceMs = nowMs;
    this.#lastMs = nowMs;
    return nowMs - this.#evenSinceMs >= EVEN_MS;
  }
}

/** The longest sample interval is an hour; more than two between two samples is a jump (or a machine that slept). */
const MAX_STEP_MS = 7_200_000;
/** A machine that starts with a wrong clock has asked a time server by then. */
const EVEN_MS = 600_000;
