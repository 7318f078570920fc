// The result for readers.
import type { Counts, Difference } from './compare.ts';

export interface FrameworkResult {
  readonly suite: string;
  readonly node: string;
  readonly runs: readonly (Counts & { readonly name: string })[];
  /** Tests that ended otherwise with the monitor inside. */
  readonly withMonitor: readonly Difference[];
  /** Between two runs without it: what the comparison cannot tell. */
  readonly withoutMonitor: readonly Difference[];
}

export function resultPage({ suite, node, runs, withMonitor, withoutMonitor }: FrameworkResult): string {
  return `# The application does not change

The test-suite of ${suite}, out of its npm package, on Node.js ${node}: as it is, and with \`--import plimsoll/register\` in
\`NODE_OPTIONS\` and allocation profiling on, so that the monitor runs in every process and thread of it. Made by \`node bench/framework/run.ts\`.

| run | passed | failed | skipped |
|---|--:|--:|--:|
${runs.map((run) => `| ${run.name} | ${run.passed} | ${run.failed} | ${run.skipped} |`).join('\n')}

Tests that ended otherwise with the monitor than without: **${withMonitor.length}**. Between the two runs without it: ${withoutMonitor.length}.
${list(withMonitor)}`;
}

function list(found: readonly Difference[]): string {
  if (found.length === 0) return '';
  return `\n${found.map(({ test, before, after }) => `- ${test}: ${before}, with the monitor ${after}`).join('\n')}\n`;
}
