// Work that can be laid down and taken up again: a generator that stops after each small unit, so that whoever drives it says how
// much is done at a time. Units are counted, not timed: what comes of the work does not depend on when it is done.

/** Stops after each unit; returns its outcome. */
export type Work<Outcome> = Generator<undefined, Outcome, undefined>;

export interface Progress<Outcome> {
  readonly unitsDone: number;
  /** Undefined while there is more to do. */
  readonly outcome?: { readonly value: Outcome };
}

/** Goes on for at most so many units. */
export function goOn<Outcome>(work: Work<Outcome>, mostUnits: number): Progress<Outcome> {
  for (let unitsDone = 1; unitsDone <= mostUnits; unitsDone++) {
    const step = work.next();
    if (step.done) return { unitsDone, outcome: { value: step.value } };
  }
  return { unitsDone: Math.max(0, mostUnits) };
}

/** All of it at once. */
export function finish<Outcome>(work: Work<Outcome>): Outcome {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
