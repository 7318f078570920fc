// The alert rules as the YAML that Prometheus loads (`rule_files`), for the metrics prefix in force.
import { type AlertRule, FURTHER_RULES, SEED_RULES } from './rule-table.ts';

/** Where each rule's page is: what it means, what to do. One heading a rule, so the anchor is the rule's name. */
export const RUNBOOKS_URL = 'https://github.com/plimsoll-monitor/plimsoll/blob/main/docs/runbooks.md';

export function runbookUrl(alert: string): string {
  return `${RUNBOOKS_URL}#${alert.toLowerCase()}`;
}

/** A rule of a rule file, in Prometheus' own words. */
export interface RuleEntry {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: {
    readonly summary: string;
    readonly description: string;
    readonly runbook_url: string;
  };
}

export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly RuleEntry[];
}

/** A rule file's content as data. */
export function ruleGroups(prefix: string): readonly RuleGroup[] {
  const entries = (rules: readonly AlertRule[]) => rules.map((rule) => ruleEntry(rule, prefix));
  return [
    { name: 'plimsoll', rules: entries(SEED_RULES) },
    { name: 'plimsoll-further', rules: entries(FURTHER_RULES) },
  ];
}

function ruleEntry({ alert, severity, summary, description, ...rule }: AlertRule, prefix: string): RuleEntry {
  return {
    alert,
    expr: rule.expression(prefix),
    for: rule.for,
    labels: { severity },
    annotations: { summary, description, runbook_url: runbookUrl(alert) },
  };
}

/** A rule file, whole. */
export function alertRules(prefix: string): string {
  return [
    '# Alert rules for Prometheus, as `plimsoll rules` prints them for the metrics prefix in force.',
    'groups:',
    ...ruleGroups(prefix).flatMap(groupLines),
    '',
  ].join('\n');
}

function groupLines({ name, rules }: RuleGroup): readonly string[] {
  return [`  - name: ${name}`, '    rules:', ...rules.flatMap(ruleLines)];
}

function ruleLines({ alert, expr, for: duration, labels, annotations }: RuleEntry): readonly string[] {
  return [
    `      - alert: ${alert}`,
    `        expr: ${quoted(expr)}`,
    `        for: ${duration}`,
    '        labels:',
    `          severity: ${labels.severity}`,
    '        annotations:',
    `          summary: ${quoted(annotations.summary)}`,
    `          description: ${quoted(annotations.description)}`,
    `          runbook_url: ${quoted(annotations.runbook_url)}`,
  ];
}

/** A YAML scalar in the quotes that it has none of. A prefix has neither, and the texts of the table have no backslash. */
function quoted(text: string): string {
  return text.includes('"') ? `'${text}'` : `"${text}"`;
}
