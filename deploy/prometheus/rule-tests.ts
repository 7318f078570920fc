// rules.test.yml, which `promtool test rules` runs: each rule at its boundary for an hour's part, a minute before it is due,
// and when it is due.
import { type AlertRule, RULES, runbookUrl } from '../../src/metrics/index.ts';
import { RULE_CASES, type RuleCase, type SeriesCase } from './rule-cases.ts';

/** The last minute for which every case has samples. */
const LAST_MINUTE = 40;

/** The file, whole. It expects the rules of the same prefix beside it, in rules.yml. */
export function ruleTests(prefix: string): string {
  return [
    '# Every rule at its boundary and beyond: promtool test rules rules.test.yml',
    'rule_files: [rules.yml]',
    'evaluation_interval: 1m',
    'tests:',
    ...RULES.flatMap((rule) => ruleLines(rule, caseOf(rule), prefix)),
    '',
  ].join('\n');
}

function caseOf({ alert }: AlertRule): RuleCase {
  const found = RULE_CASES.find((ruleCase) => ruleCase.alert === alert);
  if (!found) throw new Error(`no test case for the rule ${alert}`);
  return found;
}

function ruleLines(rule: AlertRule, ruleCase: RuleCase, prefix: string): readonly string[] {
  const due = ruleCase.fromMinute + Number.parseInt(rule.for, 10);
  return [
    `  - name: ${rule.alert} is silent at its boundary`,
    ...seriesLines(ruleCase.boundary, prefix),
    '    alert_rule_test:',
    ...silence(rule.alert, LAST_MINUTE),
    `  - name: ${rule.alert} fires beyond it, when it is due`,
    ...seriesLines(ruleCase.beyond, prefix),
    '    alert_rule_test:',
    ...(due > 0 ? silence(rule.alert, due - 1) : []),
    ...firing(rule, ruleCase, due),
  ];
}

function seriesLines(series: readonly SeriesCase[], prefix: string): readonly string[] {
  return [
    '    interval: 1m',
    series.length === 0 ? '    input_series: []' : '    input_series:',
    ...series.flatMap(({ metric, values }) => [
      `      - series: '${prefix}${metric}'`,
      `        values: "${values}"`,
    ]),
  ];
}

function silence(alert: string, minute: number): readonly string[] {
  return [`      - eval_time: ${minute}m`, `        alertname: ${alert}`, '        exp_alerts: []'];
}

function firing(rule: AlertRule, ruleCase: RuleCase, minute: number): readonly string[] {
  const labels = Object.entries({ severity: rule.severity, ...ruleCase.labels });
  return [
    `      - eval_time: ${minute}m`,
    `        alertname: ${rule.alert}`,
    '        exp_alerts:',
    '          - exp_labels:',
    ...labels.map(([name, value]) => `              ${name}: "${value}"`),
    '            exp_annotations:',
    `              summary: "${ruleCase.summary}"`,
    `              description: "${ruleCase.description}"`,
    `              runbook_url: "${runbookUrl(rule.alert)}"`,
  ];
}
