// What Plimsoll knows of a profile beyond its samples, as it is written into every format: a JSON object, in its own format as
// a field, in the others where readers of that format look away (a comment, an unknown field). A reader takes from it what it
// understands; a field with a wrong value makes the file invalid.
import type { ProfileMetadata } from '../../model/index.ts';
import { invalid } from '../errors.ts';

type Check = (value: unknown) => boolean;

const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isBoolean: Check = (value) => typeof value === 'boolean';
const isShortText: Check = (value) => typeof value === 'string' && value.length <= 1000;
const isOneOf =
  (...allowed: readonly string[]): Check =>
  (value) =>
    allowed.includes(value as string);

const FIELDS: Readonly<Record<keyof ProfileMetadata, Check>> = {
  atSeconds: isNumber,
  trigger: isOneOf('threshold', 'manual', 'growth', 'near-limit'),
  sampleIntervalBytes: isNumber,
  stackLimit: isNumber,
  basis: isBasis,
  calleesMayBeBilledToCallers: isBoolean,
  heapUsedBytes: isNumber,
  rssBytes: isNumber,
  threadName: isShortText,
  buffersAtSeconds: isNumber,
  counts: isOneOf('objects', 'samples', 'none'),
};

/** Throws PROFILE_INVALID. */
export function readMetadata(value: unknown): ProfileMetadata {
  if (!isObject(value)) throw invalid('the metadata is no object');
  const known = Object.entries(FIELDS).filter(([name]) => value[name] !== undefined);
  const wrong = known.find(([name, check]) => !check(value[name]));
  if (wrong) throw invalid(`the metadata's ${wrong[0]} is ${JSON.stringify(value[wrong[0]])?.slice(0, 100)}`);
  const fields = Object.fromEntries(known.map(([name]) => [name, value[name]]));
  return { counts: 'none', ...fields };
}

/** Throws PROFILE_INVALID. */
export function parseMetadata(text: string): ProfileMetadata {
  try {
    return readMetadata(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid('the metadata is no JSON');
    throw error;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBasis(value: unknown): boolean {
  const { kind, readings } = (isObject(value) ? value : {}) as Partial<Record<string, unknown>>;
  return kind === 'minimum' ? isNumber(readings) : kind === 'after-major-collection' || kind === 'as-read';
}
