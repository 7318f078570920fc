// The command line: finds the command, parses its arguments, runs it, and turns what went wrong into one line on stderr and an
// exit status: 64 for a command line that makes no sense, 1 for everything else.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CodedError } from '../model/index.ts';
import { type Arguments, type Command, EXIT, type Io, type Options, UsageError } from './command.ts';
import { COMMANDS, type CommandEntry } from './commands.ts';
import { commandHelp, generalHelp } from './help.ts';
import { printable } from './output.ts';
import { processIo } from './process-io.ts';

/** Called by bin/plimsoll.js with the arguments after the script's name. */
export async function main(argv: readonly string[]): Promise<void> {
  process.exitCode = await runCommandLine(argv, processIo());
}

/** Answers the exit status; never throws. */
export async function runCommandLine(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    io.stderr.write(`${printable(`plimsoll: ${errorLine(error)}`)}\n`);
    return error instanceof UsageError ? EXIT.usage : EXIT.failure;
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const [first] = argv;
  if (first === '--help' || first === '-h' || first === 'help') return print(io, generalHelp());
  if (first === '--version' || first === '-V') return print(io, `${version()}\n`);
  if (first === undefined || first.startsWith('-')) return runEntry('agent', argv, io);
  return runEntry(first, argv.slice(1), io);
}

async function runEntry(name: string, argv: readonly string[], io: Io): Promise<number> {
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!entry) throw new UsageError(`there is no command "${name}"`);
  const command = await entry.load();
  if (wantsHelp(argv)) return print(io, helpOf(entry, command));
  return command.run(parseArguments(name, command, argv), io);
}

function helpOf(entry: CommandEntry, command: Command): string {
  return commandHelp(entry.summary, command);
}

function wantsHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const own = end === -1 ? argv : argv.slice(0, end);
  return own.includes('--help') || own.includes('-h');
}

/** Throws a UsageError for an option or a number of operands that the command does not take. */
function parseArguments(name: string, command: Command, argv: readonly string[]): Arguments<Options> {
  const help = `plimsoll ${name} --help`;
  const { values, positionals } = parseOptions(command.options, argv, help);
  const { min, max } = command.operands ?? { min: 0, max: 0 };
  if (positionals.length < min || positionals.length > max)
    throw new UsageError(`usage: plimsoll ${command.usage}`, help);
  // What parseArgs read by the command's own table is what the command declared.
  return { options: values as Arguments<Options>['options'], operands: positionals };
}

function parseOptions(options: Options, argv: readonly string[], help: string) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Its first sentence says what is wrong, the rest how to quote.
    const [sentence] = (error as Error).message.split(/\.\s|\n/);
    throw new UsageError(sentence ?? 'the options make no sense', help);
  }
}

function print(io: Io, text: string): number {
  io.stdout.write(text);
  return EXIT.ok;
}

/** `[CODE] message; what to do`. */
function errorLine(error: unknown): string {
  if (error instanceof CodedError) return `[${error.code}] ${error.message}; ${error.remedy}`;
  const { code, message } = error as { code?: unknown; message?: unknown };
  // An error of the system (ENOSPC, EACCES …) has a code of its own that people know.
  if (typeof code === 'string') return `[${code}] ${String(message)}`;
  return `[INTERNAL] ${String(message ?? error)}; this is a fault of Plimsoll, please report it`;
}

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return String(manifest.version);
}
