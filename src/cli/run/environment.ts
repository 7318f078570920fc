// The environment of a program with the monitor inside: the preload, so that a program started by another (npm start) has it too,
// and each option in the place of its variable.
import { resolve } from 'node:path';
import { type EffectiveSetting, type SettingKey, settingOf } from '../../config/index.ts';
import { RUN_PLACE_VARIABLE } from '../../monitor/previous-run/index.ts';
import { RECORDS_VARIABLE } from '../../monitor/report/index.ts';
import type { Io } from '../command.ts';
import type { SettingsOptionValues } from '../settings-options.ts';

const REGISTER = new URL(`../../register.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url)
  .href;

export interface ProgramOptions extends SettingsOptionValues {
  readonly precise?: boolean | undefined;
}

/** `place`: where evidence goes for want of a data directory. */
export function programEnvironment(
  options: ProgramOptions,
  env: Io['env'],
  place?: string,
): Record<string, string> {
  const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(given),
    ...(options.host !== undefined && { [settingOf('host').name]: options.host }),
    ...(options.port !== undefined && { [settingOf('port').name]: options.port }),
    ...(options.data !== undefined && { [settingOf('dataDir').name]: resolve(options.data) }),
    ...(options['no-store'] && { [settingOf('dataDir').name]: '' }),
    ...(options.precise && {
      [settingOf('tracemallocEnabled').name]: 'true',
      [settingOf('tracemallocPrecise').name]: 'true',
    }),
    ...(place !== undefined && { [RUN_PLACE_VARIABLE]: place }),
    ...(options.config !== undefined && { MONITORING_CONFIG: resolve(options.config) }),
    NODE_OPTIONS: [env.NODE_OPTIONS, `--import=${REGISTER}`].filter(Boolean).join(' '),
  };
}

/** What a report needs where nothing else was set: a minute must be enough to judge, and leaks of a few MiB to be placed. */
const FOR_A_REPORT: Partial<Record<SettingKey, string>> = {
  sampleInterval: '0.5',
  tracemallocEnabled: 'true',
  tracemallocSampleBytes: '65536',
};

export function reportEnvironment(
  recordsFolder: string,
  effective: readonly EffectiveSetting[],
): Record<string, string> {
  const unset = effective.filter(({ source }) => source === 'default').map(({ key }) => key);
  const settings = unset.flatMap((key) => {
    const value = FOR_A_REPORT[key];
    return value === undefined ? [] : [[settingOf(key).name, value] as const];
  });
  return { ...Object.fromEntries(settings), [RECORDS_VARIABLE]: recordsFolder };
}
