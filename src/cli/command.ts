// What a command is: its usage, its options as node:util's parseArgs reads them (each with a line of help), and a function from
// parsed arguments and the outside world to an exit status. A command touches the process only through `Io`, so a test can
// run it with an environment and outputs of its own.
import { CodedError } from '../model/index.ts';

/** Exit statuses that all commands share. */
export const EXIT = { ok: 0, failure: 1, usage: 64 } as const;

export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: true;
  /** One line, lower case, without a full stop. */
  readonly help: string;
  /** How help calls the value of a string option: `FILE`. */
  readonly value?: string;
}

export type Options = Readonly<Record<string, Option>>;

type OptionValue<O extends Option> = O extends { type: 'boolean' }
  ? boolean
  : O extends { multiple: true }
    ? readonly string[]
    : string;

export type OptionValues<O extends Options> = { readonly [K in keyof O]?: OptionValue<O[K]> };

export interface Arguments<O extends Options> {
  readonly options: OptionValues<O>;
  /** Everything that is not an option, and everything after `--`. */
  readonly operands: readonly string[];
}

export interface CommandDefinition<O extends Options> {
  /** Without the program's name: `diff [options] <before> <after>`. */
  readonly usage: string;
  /** Further help: a few sentences, examples. */
  readonly details?: string;
  readonly options: O;
  /** How many operands it takes; none when absent. */
  readonly operands?: { readonly min: number; readonly max: number };
  /** Its help ends with the table of settings. */
  readonly showsSettings?: true;
  /** Answers the exit status. A CodedError thrown here becomes one line on stderr and status 1. */
  run(args: Arguments<O>, io: Io): Promise<number>;
}

/** A command whose option types only its own `run` needs to know. */
export type Command = CommandDefinition<Options>;

/** Checks a definition's `run` against its own options. */
export function defineCommand<const O extends Options>(definition: CommandDefinition<O>): Command {
  return definition as unknown as Command;
}

/** For commands that print a result. */
export const jsonOption = { json: { type: 'boolean', help: 'print the result as JSON' } } as const;

/** The command line itself makes no sense; thrown by main's parsing, and by a command for what only it can check. */
export class UsageError extends CodedError {
  constructor(message: string, help = 'plimsoll --help') {
    super('USAGE', message, `see ${help}`);
  }
}

/** A stream that takes text; a terminal, or not. */
export interface TextOutput {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Columns and rows of the terminal; 80 by 24 where there is none. */
  readonly columns: number;
  readonly rows: number;
  /** A terminal that shows colours, and NO_COLOR is not set. */
  readonly colour: boolean;
}

/** The keyboard: `start` takes single keys without echo until the function it returns is called. */
export interface KeyInput {
  readonly isTTY: boolean;
  start(listener: (keys: string) => void): () => void;
}

export type ProcessSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGWINCH' | 'SIGTSTP' | 'SIGCONT';

/** Everything a command may touch of the process it runs in. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  readonly keys: KeyInput;
  /** Calls back on the signal, in place of its default action, until the returned function is called. */
  onSignal(signal: ProcessSignal, listener: () => void): () => void;
  /** Calls back when the process exits, for whatever reason it can still know of, until the returned function is called. */
  onExit(listener: () => void): () => void;
}
