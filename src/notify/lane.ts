// A queue that does one thing at a time, in order: what has ended must not be told before what has begun. It is bounded, as a
// receiver that is down would otherwise fill the memory of the one that watches memory.

export interface Lane {
  /** Undefined when the lane is full: the task will not run. */
  run<T>(task: () => Promise<T>): Promise<T> | undefined;
  /** Resolves once every task that was taken has ended. */
  idle(): Promise<void>;
}

/** `maxPending` counts the running task too. */
export function createLane(maxPending: number): Lane {
  let pending = 0;
  let tail: Promise<unknown> = Promise.resolve();
  const settle = () => {
    pending -= 1;
  };
  return {
    run(task) {
      if (pending >= maxPending) return undefined;
      pending += 1;
      const result = tail.then(task);
      tail = result.then(settle, settle);
      return result;
    },
    async idle() {
      await tail;
    },
  };
}
