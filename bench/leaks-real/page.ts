// The suite's table for readers.
import { formatBytes } from '../../src/units/index.ts';

export interface Outcome {
  readonly name: string;
  readonly kind: string;
  readonly leaks: boolean;
  /** The fixed version, or the correct use. */
  readonly correct: boolean;
  readonly verdict: string;
  readonly part: string | null;
  readonly accused: boolean;
  readonly growthBytesPerSecond: Readonly<Record<'rss' | 'heap' | 'external', number | null>>;
  readonly topSites: readonly string[];
  /** The growing site that names the code that allocates. */
  readonly named?: string;
  readonly seconds: number;
  readonly samples: number;
  readonly exit: string;
}

export function resultsPage(outcomes: readonly Outcome[]): string {
  const leaks = outcomes.filter((outcome) => outcome.leaks);
  const healthy = outcomes.filter((outcome) => !outcome.leaks);
  const found = leaks.filter(({ accused }) => accused);
  const named = leaks.filter((outcome) => outcome.named !== undefined);
  const accused = healthy.filter((outcome) => outcome.accused);
  return `# Real leaks under \`plimsoll run --report\`

Published packages in a version with a documented leak, their fixed versions, and healthy look-alikes, a minute each at half a
second between samples. What each case is, and how it was proved to leak: \`bench/leaks-real/cases\`. Made by \`node bench/leaks-real/run.ts\`.

- Leaks found: **${found.length} of ${leaks.length}**.
- Growing sites that name the code that allocates, among the first three: **${named.length} of ${leaks.length}**.
- Healthy programs accused: **${accused.length} of ${healthy.length}** (${healthy.filter(({ correct }) => correct).length} of them the same programs without the leak).

## Leaks

| case | what stays | verdict | part | heap | external | RSS | named |
|---|---|---|---|--:|--:|--:|---|
${leaks.map(leakRow).join('\n')}

## Healthy

| case | what it does | verdict | heap | external | RSS |
|---|---|---|--:|--:|--:|
${healthy.map(healthyRow).join('\n')}

What growth must come to in a run before it is called a leak was set with these cases in view: they show that it works, not how well it
would do on others.

Growth is per second, a robust slope over the run without its first tenth; the heap's is that of what collections left.
`;
}

function leakRow({
  name,
  kind,
  verdict,
  part,
  growthBytesPerSecond: growth,
  named,
  topSites,
}: Outcome): string {
  const site = named ?? (topSites.length > 0 ? `no: ${topSites[0]}` : 'no');
  return `| ${name} | ${kind} | ${verdict} | ${part ?? ''} | ${rate(growth.heap)} | ${rate(growth.external)} | ${rate(growth.rss)} | ${site} |`;
}

function healthyRow({ name, kind, correct, verdict, growthBytesPerSecond: growth }: Outcome): string {
  const what = correct ? 'the same without the leak' : kind;
  return `| ${name} | ${what} | ${verdict} | ${rate(growth.heap)} | ${rate(growth.external)} | ${rate(growth.rss)} |`;
}

const rate = (bytes: number | null) => (bytes === null ? '?' : `${formatBytes(bytes)}/s`);
