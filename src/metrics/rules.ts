// The alert rules as the YAML that Prometheus loads (`rule_files`), for the metrics prefix in force.
import { type AlertRule, FURTHER_RULES, SEED_RULES } from './rule-table.ts';

/** Where each rule's page is: what it means, what to do. One heading a rule, so the anchor is the rule's name. */
export const RUNBOOKS_URL = 'https://github.com/plimsoll-monitor/plimsoll/blob/main/docs/runbooks.md';

export function runbookUrl(alert: string): string {
  return `${RUNBOOKS_URL}#${alert.toLowerCase()}`;
}

/** A rule file, whole. */
export function alertRules(prefix: string): string {
  return [
    '# Alert rules for Prometheus, as `plimsoll rules` prints them for the metrics prefix in force.',
    'groups:',
    ...group('plimsoll', SEED_RULES, prefix),
    ...group('plimsoll-further', FURTHER_RULES, prefix),
    '',
  ].join('\n');
}

function group(name: string, rules: readonly AlertRule[], prefix: string): readonly string[] {
  return [`  - name: ${name}`, '    rules:', ...rules.flatMap((rule) => ruleLines(rule, prefix))];
}

function ruleLines(rule: AlertRule, prefix: string): readonly string[] {
  return [
    `      - alert: ${rule.alert}`,
    `        expr: ${quoted(rule.expression(prefix))}`,
    `        for: ${rule.for}`,
    '        labels:',
    `          severity: ${rule.severity}`,
    '        annotations:',
    `          summary: ${quoted(rule.summary)}`,
    `          description: ${quoted(rule.description)}`,
    `          runbook_url: ${quoted(runbookUrl(rule.alert))}`,
  ];
}

/** A YAML scalar in the quotes that it has none of. A prefix has neither, and the texts of the table have no backslash. */
function quoted(text: string): string {
  return text.includes('"') ? `'${text}'` : `"${text}"`;
}
