// `plimsoll run -- node app.js`: a program with the monitor inside. The preload reaches it through NODE_OPTIONS, so that a
// program started by another (npm start) has it too; the settings reach it through the environment.
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { settingOf } from '../config/index.ts';
import { CodedError } from '../model/index.ts';
import { defineCommand, EXIT, type Io, type ProcessSignal } from './command.ts';
import {
  requireSettings,
  type SettingsOptionValues,
  settingsLayers,
  settingsOptions,
} from './settings-options.ts';

export const command = defineCommand({
  usage: 'run [options] -- <program> [arguments]',
  details:
    'Runs the program with the same input, output, signals and exit status as without.\n' +
    'Example: plimsoll run --port 0 -- node server.js',
  options: settingsOptions,
  operands: { min: 1, max: Number.POSITIVE_INFINITY },
  showsSettings: true,
  async run({ options, operands }, io) {
    requireSettings(settingsLayers(options, io.env));
    const [program = '', ...args] = operands;
    return runProgram(program, args, programEnvironment(options, io.env), io);
  },
});

const REGISTER = new URL(`../register.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url)
  .href;

/** The environment with the preload, and each option in the place of its variable. */
export function programEnvironment(options: SettingsOptionValues, env: Io['env']): Record<string, string> {
  const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(given),
    ...(options.host !== undefined && { [settingOf('host').name]: options.host }),
    ...(options.port !== undefined && { [settingOf('port').name]: options.port }),
    ...(options.data !== undefined && { [settingOf('dataDir').name]: resolve(options.data) }),
    ...(options['no-store'] && { [settingOf('dataDir').name]: '' }),
    ...(options.config !== undefined && { MONITORING_CONFIG: resolve(options.config) }),
    NODE_OPTIONS: [env.NODE_OPTIONS, `--import=${REGISTER}`].filter(Boolean).join(' '),
  };
}

const FORWARDED: readonly ProcessSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** A terminal's Ctrl-C reaches the program by itself; twice would be "end at once" to many. */
function passOn(signal: ProcessSignal, child: ChildProcess, io: Io): void {
  if (signal !== 'SIGINT' || !io.keys.isTTY) child.kill(signal);
}

function runProgram(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
  io: Io,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: 'inherit' });
    const release = FORWARDED.map((signal) => io.onSignal(signal, () => passOn(signal, child, io)));
    const end = (): void => {
      for (const off of release) off();
    };
    child.on('error', (cause) => {
      end();
      reject(cannotStart(program, cause));
    });
    child.on('exit', (code, signal) => {
      end();
      // Dying of the same signal tells our parent the truth; 128 + n is what a shell would make of it.
      if (signal) process.kill(process.pid, signal);
      resolve(code ?? EXIT.failure);
    });
  });
}

function cannotStart(program: string, cause: Error): CodedError {
  return new CodedError(
    'PROGRAM_NOT_STARTED',
    `${program} cannot be started: ${cause.message}`,
    'give the program after --, as in: plimsoll run -- node app.js',
    { cause },
  );
}
