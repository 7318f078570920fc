// `plimsoll run -- node app.js`: a program with the monitor inside, and with --report what became of its memory.
import { defineCommand, EXIT, UsageError } from './command.ts';
import { programEnvironment } from './run/environment.ts';
import { endLike, type ProgramEnd } from './run/program.ts';
import { programFolder } from './run/program-folder.ts';
import { type ReportedEnd, runReported } from './run/reported.ts';
import { runWatched } from './run/watched.ts';
import { requireSettings, settingsLayers, settingsOptions } from './settings-options.ts';

/** The program ended well and its memory leaks. */
const LEAK_STATUS = 3;

export const command = defineCommand({
  usage: 'run [options] -- <program> [arguments]',
  details:
    'Runs the program with the same input, output, signals and exit status as without.\n' +
    'Example: plimsoll run --port 0 -- node server.js\n' +
    '--precise turns allocation snapshots on and rewrites the modules of the program as they are loaded.\n' +
    'When it dies, a few lines on stderr say of what, what grew and where its last profile is; its next start tells it too.\n' +
    '--report turns allocation snapshots on and samples twice a second unless that is set: a minute is enough for a verdict.\n' +
    'The report is written at the end, also when the program is killed or its heap is full.\n' +
    `--fail-on-leak is for tests: exit status ${LEAK_STATUS} when it leaks and ended with status 0, or by a signal that was passed on.`,
  options: {
    ...settingsOptions,
    precise: { type: 'boolean', help: 'name what allocates by its line (MONITORING_TRACEMALLOC_PRECISE)' },
    report: { type: 'string', value: 'FILE', help: 'write a report on its memory as JSON when it ends' },
    series: {
      type: 'string',
      value: 'FILE',
      help: 'with --report: write its samples as CSV, for plimsoll judge',
    },
    'fail-on-leak': { type: 'boolean', help: `with --report: exit status ${LEAK_STATUS} when it leaks` },
  },
  operands: { min: 1, max: Number.POSITIVE_INFINITY },
  showsSettings: true,
  async run({ options, operands: program }, io) {
    const { report: file, series: seriesFile, 'fail-on-leak': failOnLeak = false } = options;
    if (file === undefined && (failOnLeak || seriesFile !== undefined))
      throw new UsageError('--series and --fail-on-leak need --report', 'plimsoll run --help');
    const { settings, effective } = requireSettings(settingsLayers(options, io.env));
    const place = settings.dataDir || (options['no-store'] ? undefined : programFolder(program, io.env));
    const env = programEnvironment(options, io.env, place);
    if (file === undefined) return endLike(await runWatched({ program, env, place, settings }, io));
    const reported = await runReported({ program, env, place, file, seriesFile, settings, effective }, io);
    return failOnLeak ? statusOf(reported) : endLike(reported.end);
  },
});

function statusOf({ end, report }: ReportedEnd): number {
  return report.leak && endedWell(end) ? LEAK_STATUS : endLike(end);
}

const endedWell = ({ code, asked }: ProgramEnd): boolean => code === EXIT.ok || asked;
