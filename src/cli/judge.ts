// `plimsoll judge <series.csv …>`: for each file whether its memory leaks, as a line of JSON.
import { writeFileSync } from 'node:fs';
import { defineCommand, EXIT, jsonOption, UsageError } from './command.ts';
import { type JudgedFile, judgeFile } from './judge/judge-file.ts';
import { collectReadings, plotSvg } from './judge/plot.ts';
import { explanation, judgementRecord } from './judge/report.ts';
import { painter } from './output.ts';

const HELP = 'plimsoll judge --help';

export const command = defineCommand({
  usage: 'judge [options] <series.csv …>',
  details:
    'A series is a CSV file with a header: t (seconds) and any of heap_used_after_gc, heap_used, heap_total, rss,\n' +
    'external, limit (bytes), requests_per_second. The more columns, the surer the verdict. An empty cell is a figure that is not known; a restart\n' +
    'shows as a drop. Prints a line of JSON a file.\n' +
    'Example: plimsoll judge --explain --plot orders.svg orders.csv',
  options: {
    explain: {
      type: 'boolean',
      help: 'print the steps for people instead (with --json after the JSON, on stderr)',
    },
    plot: { type: 'string', value: 'FILE', help: 'draw the series, its floor and the account of it as SVG' },
    ...jsonOption,
  },
  operands: { min: 1, max: 10_000 },
  async run({ options, operands }, io) {
    const { explain = false, json = !explain, plot } = options;
    if (plot !== undefined && operands.length > 1)
      throw new UsageError('--plot takes one series at a time', HELP);
    for (const file of operands) {
      const judged = await judgeAndPlot(file, plot);
      if (json) io.stdout.write(`${JSON.stringify(judgementRecord(judged))}\n`);
      const steps = json ? io.stderr : io.stdout;
      if (explain) steps.write(explanation(judged, painter(steps.colour)));
    }
    return EXIT.ok;
  },
});

async function judgeAndPlot(file: string, plot: string | undefined): Promise<JudgedFile> {
  if (plot === undefined) return judgeFile(file);
  const readings = collectReadings();
  const judged = await judgeFile(file, (sample) => readings.add(sample));
  writeFileSync(plot, plotSvg(file, judged.verdict, readings.samples));
  return judged;
}
