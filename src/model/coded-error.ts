// An error that an operator can act on. Its code is stable and listed in docs/errors.md; what happened and what to do about it
// are two sentences, so that a command, a log line and an HTTP problem can each show what fits.

/** Thrown where a start or a command cannot go on. Never holds a secret. */
export class CodedError extends Error {
  /** UPPER_SNAKE, stable. */
  readonly code: string;
  /** What to do, without a full stop: `choose another port with --port`. */
  readonly remedy: string;

  constructor(code: string, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CodedError';
    this.code = code;
    this.remedy = remedy;
  }
}
