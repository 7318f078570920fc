// How a process ended that did not end by itself.

export type DeathCause =
  /** V8 ended it: collections no longer freed enough. */
  | 'heap-limit'
  /** The kernel killed it for memory. */
  | 'oom-kill'
  /** It was killed, or crashed; nobody knows that it was for memory. */
  | 'killed';
