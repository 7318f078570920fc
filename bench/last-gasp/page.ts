// The table for readers.
import type { KilledOutcome } from './killed.ts';
import type { Outcome } from './remains.ts';

export interface Row {
  readonly node: string;
  readonly program: string;
  readonly outcomes: readonly Outcome[];
}

export interface KilledRow {
  readonly node: string;
  readonly leak: string;
  readonly outcomes: readonly KilledOutcome[];
}

const count = <T>(all: readonly T[], is: (one: T) => boolean): string =>
  `${all.filter(is).length} of ${all.length}`;

export function resultsPage(rows: readonly Row[], killed: readonly KilledRow[]): string {
  const deaths = rows.map(
    ({ node, program, outcomes }) =>
      `| ${node} | ${program} | **${count(outcomes, ({ named }) => named)}** | ${count(outcomes, ({ exported }) => exported)} | ` +
      `${count(outcomes, ({ watched }) => watched)} | ${median(outcomes.map(({ seconds }) => seconds)).toFixed(1)} |`,
  );
  const kills = killed.map(
    ({ node, leak, outcomes }) => `| ${node} | ${leak} | **${count(outcomes, ({ named }) => named)}** |`,
  );
  return `# What is left of a process that died of its memory

Made by \`npm run bench last-gasp\`. Programs that fill an old space of 128 MB, 0.3 s after their start, with the monitor inside
(\`--import plimsoll/register\`, \`MONITORING_TRACEMALLOC_ENABLED=true\`, a data directory, otherwise the defaults), one after the other. *Named*:
what the next start reads says that the leaking function grew most. *Export*: V8's callback at the limit wrote the profile.
*Watch*: the monitor's thread, by itself, had a profile on disk that names the function; it sees what a program does before the
thread has begun, or inside one call into V8, only when there is time.

| Node.js | program | named | export | watch | s to death |
|---|---|--:|--:|--:|--:|
${deaths.join('\n')}

Killed by SIGKILL at a random moment between 5 and 15 s after the start. *Named*: its journal says what grew: the function for the heap,
the part of the memory for buffers.

| Node.js | what leaks | named |
|---|---|--:|
${kills.join('\n')}
`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
