// docs/metrics.md, out of the table of families.
import { DEFAULT_PREFIX, FAMILY_GROUPS } from './families.ts';
import type { Family, FamilyGroup } from './family.ts';

/** The page, whole. */
export function metricsPage(): string {
  return [
    '# Metrics',
    '',
    `Generated from the table in \`src/metrics/families.ts\`; do not edit. Every name has the prefix of \`MONITORING_METRICS_PREFIX\` (\`${DEFAULT_PREFIX}\`), left out here.`,
    'A figure that the machine does not have is an absent series, never 0. A scrape shows the latest sample.',
    'Names marked *seed* are those that dashboards and rules from before this project use; some bend the conventions of Prometheus, and stay.',
    ...FAMILY_GROUPS.flatMap(section),
    '',
  ].join('\n');
}

function section({ title, families }: FamilyGroup): readonly string[] {
  return [
    '',
    `## ${title}`,
    '',
    '| metric | type | labels | shows |',
    '|---|---|---|---|',
    ...families.map(row),
  ];
}

function row({ name, type, origin, labels, help }: Family): string {
  const seed = origin === 'seed' ? ' *seed*' : '';
  const values = Object.entries(labels).map(([label, found]) => `\`${label}\`: ${wording(found)}`);
  return `| \`${name}\`${seed} | ${type} | ${values.join('<br>')} | ${help} |`;
}

function wording(values: readonly string[] | string): string {
  return typeof values === 'string' ? values : values.join(', ');
}
