// A parameter of a URL: how its text is read, and what the OpenAPI document says of it. Nothing but reading is needed to show the
// page, and nothing is loaded for it: zod, which checks bodies and describes answers, would take 15 MiB and a tenth of a second.
import type { Seconds } from '../units/index.ts';

export interface Parameter<Value> {
  /** JSON Schema of what is written. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly description?: string;
  /** Undefined: it is not in the URL. */
  readonly read: (text: string | undefined) => Read<Value>;
}

export type Read<Value> = { readonly value: Value } | { readonly allowed: string };

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

export type ValuesOf<Given> = {
  readonly [Name in keyof Given]: Given[Name] extends Parameter<infer Value> ? Value : never;
};

/** Number() takes '', ' 5 ' and '0x10' too. */
const DECIMAL = /^-?\d+(\.\d+)?$/;

export function number(min: number, max: number, description?: string): Parameter<number> {
  return numeric({ type: 'number', minimum: min, maximum: max }, description);
}

export function wholeNumber(min: number, max: number, description?: string): Parameter<number> {
  return numeric({ type: 'integer', minimum: min, maximum: max }, description);
}

interface NumberSchema {
  readonly type: 'number' | 'integer';
  readonly minimum: number;
  readonly maximum: number;
}

function numeric(schema: NumberSchema, description: string | undefined): Parameter<number> {
  const { type, minimum, maximum } = schema;
  const allowed = `${type === 'integer' ? 'a whole number' : 'a number'} of at least ${minimum}, at most ${maximum}`;
  return parameter({ ...schema }, description, (text = '') => {
    const value = Number(text);
    const isOne = DECIMAL.test(text) && (type === 'number' || Number.isSafeInteger(value));
    return isOne && value >= minimum && value <= maximum ? { value } : { allowed };
  });
}

export function text(minLength: number, maxLength: number, description?: string): Parameter<string> {
  const schema = { type: 'string', ...(minLength > 0 ? { minLength } : {}), maxLength };
  const allowed = `text of ${minLength > 0 ? `${minLength} to` : 'at most'} ${maxLength} characters`;
  return parameter(schema, description, (given) =>
    given !== undefined && given.length >= minLength && given.length <= maxLength
      ? { value: given }
      : { allowed },
  );
}

export function oneOf<const Name extends string>(
  names: readonly Name[],
  description?: string,
): Parameter<Name> {
  return parameter({ type: 'string', enum: [...names] }, description, (given) => {
    const value = names.find((name) => name === given);
    return value === undefined ? { allowed: `one of ${names.join(', ')}` } : { value };
  });
}

/** A comma list of `names`; each counts once. */
export function nameList<Name extends string>(
  names: readonly Name[],
  description?: string,
): Parameter<readonly Name[]> {
  const allowed = `a comma list of ${names.join(', ')}`;
  return parameter({ type: 'string' }, description, (given = '') => {
    const value = [...new Set(given.split(','))];
    return value.every((name) => names.includes(name as Name)) ? { value: value as Name[] } : { allowed };
  });
}

const ISO_TIME = /^\d{4}-(\d\d)-(\d\d)T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** Seconds since the Unix epoch, of a time written with its zone. */
export function time(description?: string): Parameter<Seconds> {
  return parameter({ type: 'string', format: 'date-time' }, description, (given = '') => {
    const value = Date.parse(given) / 1000;
    return ISO_TIME.test(given) && Number.isFinite(value) && isDay(given)
      ? { value }
      : { allowed: 'an ISO 8601 time with its zone, as 2026-03-01T12:00:00Z' };
  });
}

/** Date.parse takes the 31st of February for a day in March. */
function isDay(iso: string): boolean {
  const day = iso.slice(0, 'yyyy-mm-dd'.length);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

/** Whatever else is done with what was read. */
export function mapped<Value, Next>(given: Parameter<Value>, map: (value: Value) => Next): Parameter<Next> {
  return {
    ...given,
    read: (written) => {
      const read = given.read(written);
      return 'value' in read ? { value: map(read.value) } : read;
    },
  };
}

export function optional<Value>(given: Parameter<Value>): Parameter<Value | undefined> {
  return {
    ...given,
    read: (written) => (written === undefined ? { value: undefined } : given.read(written)),
  };
}

/** `value` where nothing is written; the document shows it as `shown`. */
export function otherwise<Value>(
  given: Parameter<Value>,
  value: NoInfer<Value>,
  shown: unknown = value,
): Parameter<Value> {
  const schema = { default: shown, ...given.schema };
  return { ...given, schema, read: (written) => (written === undefined ? { value } : given.read(written)) };
}

function parameter<Value>(
  schema: Parameter<Value>['schema'],
  description: string | undefined,
  read: Parameter<Value>['read'],
): Parameter<Value> {
  return { schema, read, ...(description === undefined ? {} : { description }) };
}
