// The options of `plimsoll profile`, checked.
import { PROFILE_FORMATS, type ProfileFormat } from '../../profile/index.ts';
import { type Bytes, GIB, KIB, type Seconds } from '../../units/index.ts';
import { UsageError } from '../command.ts';

export const FORMATS = PROFILE_FORMATS;

/** The interval is V8's own. */
export const DEFAULTS = { seconds: 30, interval: 32 * KIB, top: 20, format: 'pprof' } as const;

export interface ProfileOptions {
  readonly pid: number;
  readonly seconds: Seconds;
  readonly sampleBytes: Bytes;
  readonly top: number;
  readonly file?: { readonly path: string; readonly format: ProfileFormat };
}

export interface GivenOptions {
  readonly seconds?: string;
  readonly interval?: string;
  readonly top?: string;
  readonly output?: string;
  readonly format?: string;
}

/** Throws a UsageError. */
export function readProfileOptions(given: GivenOptions, operand: string): ProfileOptions {
  const { seconds, interval, top } = given;
  return {
    pid: numberIn('<pid>', operand, { min: 1, max: 2 ** 22, whole: true }),
    seconds: numberIn('--seconds', seconds ?? String(DEFAULTS.seconds), { min: 0.1, max: 3600 }),
    sampleBytes: numberIn('--interval', interval ?? String(DEFAULTS.interval), {
      min: 16,
      max: GIB,
      whole: true,
    }),
    top: numberIn('--top', top ?? String(DEFAULTS.top), { min: 1, max: 1e6, whole: true }),
    ...fileOf(given),
  };
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly whole?: true;
}

function numberIn(name: string, text: string, { min, max, whole }: Bounds): number {
  const value = Number(text);
  const fits = text.trim() !== '' && value >= min && value <= max && (!whole || Number.isInteger(value));
  if (fits) return value;
  throw wrong(`${name}=${text} (allowed: ${whole ? 'a whole number' : 'a number'} from ${min} to ${max})`);
}

function fileOf({ output, format }: GivenOptions): Pick<ProfileOptions, 'file'> {
  const known = FORMATS.find((each) => each === format);
  if (format !== undefined && !known) throw wrong(`--format=${format} (allowed: ${FORMATS.join(', ')})`);
  if (output !== undefined) return { file: { path: output, format: known ?? formatOfName(output) } };
  if (known) throw wrong('--format is of the file that --output names');
  return {};
}

function formatOfName(path: string): ProfileFormat {
  return FORMATS.find((format) => path.endsWith(`.${format}`)) ?? DEFAULTS.format;
}

function wrong(message: string): UsageError {
  return new UsageError(message, 'plimsoll profile --help');
}
