// The outcome as a page.
import { OURS } from './measure.ts';
import { RIVALS } from './rivals.ts';
import type { ClassScore, HostScore, Score } from './tally.ts';

export interface BenchResult {
  readonly set: string;
  readonly traces: number;
  readonly seriesDays: number;
  readonly scores: Readonly<Record<string, Score>>;
  readonly classes: Readonly<Record<string, readonly ClassScore[]>>;
  readonly hosts: HostScore;
}

/** What is aimed at on test seeds. */
const TARGETS = { precision: 0.97, recall: 0.95, medianDelay: 0.35, leastOfClass: 0.8, daysPerHostAlarm: 50 };

const share = (value: number) => value.toFixed(3);
const short = (value: number | undefined) => (value === undefined ? '' : value.toFixed(2));
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

export function pageOf(results: readonly BenchResult[]): string {
  return `# Leak verdicts

<!-- Made by bench/leak/run.ts. -->

Generated traces of processes, judged online: a detector sees the samples as they arrive. A trace counts by what is said at its end;
the delay is from the leak's beginning until it was said and kept to, as a share of the leak's life (never found: 1). The classes and
their parameters are in bench/leak/classes.ts. Every figure of the judge's policy was chosen on development sets; the test set's seed was
changed when the judge was, and run once. The last four columns count what was said at any time, taken back or not: by
the judge, and by the alert, which waits until a leak has lasted. The rivals have no such rule.

${results.map(setSection).join('\n')}
## The rivals' rules

${RIVALS.map(({ name, rule }) => `- **${name}**: ${rule}.`).join('\n')}
`;
}

/** How each detector fares, a row each. */
export function detectorTable(scores: Readonly<Record<string, Score>>): string {
  return `${row(['', 'precision', 'recall', 'F1', 'median delay', 'false alarms per 1,000 series-days', 'precision of all that was ever said', 'precision of alerts', 'recall of alerts'])}
${row(['---', '---:', '---:', '---:', '---:', '---:', '---:', '---:', '---:'])}
${Object.entries(scores)
  .map(([name, score]) => scoreRow(name, score))
  .join('\n')}`;
}

function setSection(result: BenchResult): string {
  const detectors = Object.keys(result.scores);
  return `## ${result.set} (${result.traces} traces, ${result.seriesDays.toFixed(0)} series-days)

${detectorTable(result.scores)}

Used memory of machines without a leak: ${result.hosts.alarms} alarms in ${result.hosts.machineDays} machine-days; of ${result.hosts.leaking} that leak
30 to 60 % of their memory, ${result.hosts.found} found.

${targetLines(result)}

By class: the share judged rightly (recall of a leaking class, specificity of a healthy one), and for the judge alone F1, false
alarms per 1,000 series-days and median delay.

${row(['class', 'leak', ...detectors, 'F1', 'false alarms', 'delay'])}
${row(['---', '---', ...detectors.map(() => '---:'), '---:', '---:', '---:'])}
${(result.classes[OURS] ?? []).map((each) => classRow(result, detectors, each)).join('\n')}
`;
}

function scoreRow(name: string, score: Score): string {
  const { precision, recall, f1, medianDelay, falseAlarmsPer1000Days } = score;
  return row([
    name,
    share(precision),
    share(recall),
    share(f1),
    short(medianDelay),
    falseAlarmsPer1000Days.toFixed(0),
    share(score.precisionOfAlarms),
    share(score.precisionOfAlerts),
    share(score.recallOfAlerts),
  ]);
}

function classRow(result: BenchResult, detectors: readonly string[], own: ClassScore): string {
  const rights = detectors.map((name) =>
    short(result.classes[name]?.find((each) => each.name === own.name)?.right),
  );
  const alarms = own.leak ? '' : own.falseAlarmsPer1000Days.toFixed(0);
  return row([own.name, own.leak ? 'yes' : 'no', ...rights, short(own.f1), alarms, short(own.medianDelay)]);
}

export function targetLines(result: BenchResult): string {
  const ours = result.scores[OURS];
  if (ours === undefined) return '';
  const weak = (result.classes[OURS] ?? []).filter(({ right }) => right < TARGETS.leastOfClass);
  const daysPerAlarm = result.hosts.machineDays / Math.max(1, result.hosts.alarms);
  const line = (met: boolean, text: string) => `- ${met ? 'met' : '**missed**'}: ${text}`;
  return [
    line(ours.precision >= TARGETS.precision, `precision at least ${TARGETS.precision}`),
    line(ours.recall >= TARGETS.recall, `recall at least ${TARGETS.recall}`),
    line(ours.medianDelay <= TARGETS.medianDelay, `median delay at most ${TARGETS.medianDelay}`),
    line(
      weak.length === 0,
      `no class under ${TARGETS.leastOfClass}${weak.length > 0 ? ` (${weak.map(({ name }) => name).join(', ')})` : ''}`,
    ),
    line(
      daysPerAlarm >= TARGETS.daysPerHostAlarm,
      `at most one false alarm on a host in ${TARGETS.daysPerHostAlarm} machine-days`,
    ),
  ].join('\n');
}
