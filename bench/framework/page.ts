// The result for readers.
import type { Counts, Difference } from './compare.ts';

export interface NodeResult {
  readonly node: string;
  readonly runs: readonly (Counts & { readonly name: string })[];
  /** Tests that ended otherwise with the monitor inside. */
  readonly withMonitor: readonly Difference[];
  /** Between two runs without it: what the comparison cannot tell. */
  readonly withoutMonitor: readonly Difference[];
}

export interface FrameworkResult {
  readonly suite: string;
  readonly nodes: readonly NodeResult[];
}

export function resultPage({ suite, nodes }: FrameworkResult): string {
  return `# The application does not change

The test-suite of ${suite}, out of its npm package: as it is, and with \`--import plimsoll/register\` in \`NODE_OPTIONS\` and allocation
profiling on, so that the monitor runs in every process and thread of it. Made by \`node bench/framework/run.ts\`.

| Node.js | run | passed | failed | skipped | ended otherwise than in the plain run |
|---|---|--:|--:|--:|--:|
${nodes.flatMap(rowsOf).join('\n')}
${list(nodes.flatMap(({ withMonitor }) => withMonitor))}`;
}

function rowsOf({ node, runs, withMonitor, withoutMonitor }: NodeResult): string[] {
  const others = ['', withMonitor.length, withoutMonitor.length];
  return runs.map(
    ({ name, passed, failed, skipped }, run) =>
      `| ${node} | ${name} | ${passed} | ${failed} | ${skipped} | ${others[run]} |`,
  );
}

function list(found: readonly Difference[]): string {
  if (found.length === 0) return '';
  return `\n${found.map(({ test, before, after }) => `- ${test}: ${before}, with the monitor ${after}`).join('\n')}\n`;
}
