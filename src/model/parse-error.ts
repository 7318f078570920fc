// A kernel file that does not say what the kernel writes there. Parsers throw nothing else, whatever the bytes: a figure that
// cannot be trusted is left out, never guessed.

export class ParseError extends Error {
  override readonly name = 'ParseError';
  readonly code = 'KERNEL_FILE_MALFORMED';
  /** The kernel file, as `meminfo` or `[pid]/stat`. */
  readonly file: string;

  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
    this.file = file;
  }
}
