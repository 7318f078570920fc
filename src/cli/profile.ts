// `plimsoll profile <pid>`: attaches to a running Node.js process, samples its allocations for a while, detaches.
import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { profileProcess } from '../monitor/attached/process-profile.ts';
import { systemClock } from '../monitor/clock.ts';
import { writeProfile } from '../profile/index.ts';
import { defineCommand, EXIT, type Io, jsonOption } from './command.ts';
import { painter, printJson } from './output.ts';
import { askConsent } from './profile/consent.ts';
import { DEFAULTS, FORMATS, readProfileOptions } from './profile/options.ts';
import { createProgress } from './profile/progress.ts';
import { profileRecord, profileText } from './profile/report.ts';

export const command = defineCommand({
  usage: 'profile [options] <pid>',
  details:
    'Works on any Node.js process from version 18 on, of the same user or as root, without a flag or a restart: opens its\n' +
    'inspector by SIGUSR1 and closes it again. The process says so in three lines on its own stderr. Reading the profile\n' +
    'collects all garbage: the pause is told before. Ctrl-C ends the sampling early and shows what there is.\n' +
    'Example: plimsoll profile 4211 --seconds 60 --output orders.heapprofile',
  options: {
    seconds: { type: 'string', value: 'N', help: `how long to sample (${DEFAULTS.seconds})` },
    interval: {
      type: 'string',
      value: 'BYTES',
      help: `mean bytes between two samples (${DEFAULTS.interval})`,
    },
    top: { type: 'string', value: 'N', help: `how many sites to show, the largest first (${DEFAULTS.top})` },
    output: { type: 'string', short: 'o', value: 'FILE', help: 'write the whole profile to a file' },
    format: {
      type: 'string',
      value: 'FORMAT',
      help: `of the file: ${FORMATS.join(', ')} (by its name, else ${DEFAULTS.format})`,
    },
    yes: { type: 'boolean', short: 'y', help: 'agree to the pause of a heap above 1 GiB' },
    'close-inspector': { type: 'boolean', help: 'close the inspector even if it was open before' },
    ...jsonOption,
  },
  operands: { min: 1, max: 1 },
  async run({ options, operands: [operand = ''] }, io) {
    const { pid, seconds, sampleBytes, top, file } = readProfileOptions(options, operand);
    if (file) accessSync(dirname(file.path), constants.W_OK);
    const interruption = onInterrupt(io);
    const progress = createProgress(io.stderr, { pid, seconds });
    try {
      const profile = await profileProcess(pid, {
        seconds,
        sampleBytes,
        abort: interruption.signal,
        consent: (forecast) => askConsent(forecast, options.yes === true, io),
        onStage: (stage) => progress.show(stage),
        closeInspector: options['close-inspector'] === true,
        wallSeconds: () => systemClock.wallSeconds(),
      });
      if (options.json) printJson(io.stdout, profileRecord(profile, top));
      else io.stdout.write(profileText(profile, top, painter(io.stdout.colour)));
      if (file) writeFileSync(file.path, writeProfile(profile.profile, file.format));
    } finally {
      progress.end();
      interruption.release();
    }
    return EXIT.ok;
  },
});

/** The first signal ends the sampling; a second one ends the command the hard way. */
function onInterrupt(io: Io): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const release = (): void => {
    for (const off of releases) off();
  };
  const end = (): void => {
    release();
    controller.abort();
  };
  const releases = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => io.onSignal(signal, end));
  return { signal: controller.signal, release };
}
