// For tests: a command line run in this process, with an environment of its own and its outputs kept.
import type { Io, TextOutput } from '../../src/cli/command.ts';
import { runCommandLine } from '../../src/cli/main.ts';

export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function runForTest(argv: readonly string[], env: Io['env'] = {}): Promise<CommandResult> {
  const stdout = keptOutput();
  const stderr = keptOutput();
  const io: Io = {
    env,
    stdout: stdout.output,
    stderr: stderr.output,
    keys: { isTTY: false, start: () => () => {} },
    onSignal: () => () => {},
    onExit: () => () => {},
  };
  const status = await runCommandLine(argv, io);
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}

/** Not a terminal: no colours, 80 columns. */
function keptOutput(): { readonly output: TextOutput; text(): string } {
  let kept = '';
  return {
    output: {
      write: (text) => {
        kept += text;
      },
      isTTY: false,
      columns: 80,
      rows: 24,
      colour: false,
    },
    text: () => kept,
  };
}
