// One route, declared once: the router, the checks of its input and the OpenAPI document are all made of this record, so that
// none can say anything else than the others.
import type { z } from 'zod';
import type { Monitor } from '../monitor/monitor.ts';
import type { Seconds } from '../units/index.ts';
import type { EventHub } from './events/hub.ts';
import { readJson } from './http/body.ts';
import type { StaticFile } from './page/files.ts';
import type { Parameters, ValuesOf } from './parameter.ts';
import { type ProblemCode, problemResponse, type Refusal } from './problems.ts';
import type { SCHEMAS, SchemaName } from './schemas/named.ts';

export type Method = 'GET' | 'POST' | 'PUT';

/** What a handler works on, besides its input. */
export interface ApiContext {
  readonly monitor: Monitor;
  /** Seconds since the Unix epoch. */
  readonly now: () => Seconds;
  readonly events: EventHub;
  /** The dashboard's page, where it was built. */
  readonly dashboard: StaticFile | undefined;
  /** Whether a request may see data on a page that is open to everyone. */
  readonly mayRead: (request: Request) => boolean;
  /** The OpenAPI document, as JSON. */
  readonly openApi: () => Promise<string>;
  /** Answers a request of the API's own making, as if it had come from outside. */
  readonly ask: (request: Request) => Promise<Response>;
}

/** A request as the router hands it over: not yet checked. */
export interface RawInput {
  readonly request: Request;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/**
 * What the OpenAPI document says of an answer. Schemas go by their names: they are loaded for that document, and to check a
 * body.
 */
export type AnswerShape =
  | { readonly kind: 'json'; readonly data: SchemaName }
  | { readonly kind: 'other'; readonly contentType: string; readonly description: string };

export interface Route {
  readonly method: Method;
  /** With `:name` for a parameter. */
  readonly path: string;
  /** The path as the router matches it, where `path` says too little: `:id` would match a dot too. */
  readonly pattern?: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: Parameters;
  readonly query?: Parameters;
  readonly body?: SchemaName;
  readonly answer: AnswerShape;
  /** The refusals of its own, besides those that any request may meet. */
  readonly problems: readonly ProblemCode[];
  readonly respond: (input: RawInput, context: ApiContext) => Promise<Response>;
}

/** An answer of a JSON route: `success` is true unless it says otherwise. */
export interface Answer<Data> {
  readonly data: Data;
  readonly message: string;
  readonly success?: boolean;
}

interface Checked<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
}

type Values<Given> = Given extends Parameters ? ValuesOf<Given> : undefined;
type Output<Name> = Name extends SchemaName ? z.output<(typeof SCHEMAS)[Name]> : undefined;

interface JsonRoute<Params, Query, Body, Data extends SchemaName>
  extends Pick<Route, 'method' | 'path' | 'summary' | 'description'> {
  readonly params?: Params & Parameters;
  readonly query?: Query & Parameters;
  readonly body?: Body & SchemaName;
  readonly data: Data;
  readonly problems?: readonly ProblemCode[];
  readonly handle: (
    input: Checked<Values<Params>, Values<Query>, Output<Body>>,
    context: ApiContext,
  ) => Promise<Answer<Output<Data>> | Refusal> | Answer<Output<Data>> | Refusal;
}

/** A route that answers in the envelope. Its handler sees checked input and returns checked types. */
export function jsonRoute<Data extends SchemaName, Params = undefined, Query = undefined, Body = undefined>({
  data,
  handle,
  problems = [],
  ...route
}: JsonRoute<Params, Query, Body, Data>): Route {
  return {
    ...route,
    answer: { kind: 'json', data },
    problems: [...problems, ...inputProblems(route)],
    respond: async (raw, context) => {
      const checked = await checkInput(route, raw);
      if ('refusal' in checked) return problemResponse(checked);
      const answer = await handle(checked as Checked<Values<Params>, Values<Query>, Output<Body>>, context);
      return 'refusal' in answer ? problemResponse(answer) : jsonResponse(answer);
    },
  };
}

function jsonResponse<Data>({ success = true, data, message }: Answer<Data>): Response {
  return new Response(JSON.stringify({ success, data, message }), {
    headers: { 'content-type': 'application/json' },
  });
}

type InputShape = Partial<Pick<Route, 'params' | 'query' | 'body'>>;

function inputProblems({ params, query, body }: InputShape): ProblemCode[] {
  return [
    ...(params || query ? (['INVALID_PARAMETER'] as const) : []),
    ...(body ? (['INVALID_JSON', 'INVALID_BODY', 'BODY_TOO_LARGE'] as const) : []),
  ];
}

async function checkInput(
  shape: InputShape,
  raw: RawInput,
): Promise<Checked<unknown, unknown, unknown> | Refusal> {
  const params = readParameters(shape.params ?? {}, raw.params);
  const query = readParameters(shape.query ?? {}, raw.query);
  const wrong = [...params.problems, ...query.problems];
  if (wrong.length > 0) return { refusal: 'INVALID_PARAMETER', problems: wrong };
  const body = shape.body ? await checkBody(shape.body, raw.request) : { body: undefined };
  return 'refusal' in body ? body : { params: params.values, query: query.values, body: body.body };
}

type Problems = NonNullable<Refusal['problems']>;

/** Everything that is wrong is said at once. */
function readParameters(parameters: Parameters, written: Readonly<Record<string, string>>) {
  const read = Object.entries(parameters).map(([name, one]) => ({ name, ...one.read(written[name]) }));
  const values = read.flatMap((one) => ('value' in one ? [[one.name, one.value] as const] : []));
  const problems = read.flatMap((one) =>
    'allowed' in one ? [{ name: one.name, value: show(written[one.name]), allowed: one.allowed }] : [],
  );
  return { values: Object.fromEntries(values), problems };
}

async function checkBody(
  schema: SchemaName,
  request: Request,
): Promise<{ readonly body: unknown } | Refusal> {
  const read = await readJson(request);
  if ('refusal' in read) return read;
  const parsed = (await import('./schemas/named.ts')).SCHEMAS[schema].safeParse(read.json);
  if (parsed.success) return { body: parsed.data };
  // Nothing at all, where something is needed.
  if (read.json === undefined) return { refusal: 'INVALID_JSON' };
  return { refusal: 'INVALID_BODY', problems: listProblems(parsed.error, read.json) };
}

const SHOWN_VALUE_CHARACTERS = 100;

/** Every issue with the value it is about. */
function listProblems({ issues }: z.ZodError, input: unknown): Problems {
  return issues.map(({ path, message }) => ({
    name: path.join('.') || 'body',
    value: show(valueAt(input, path)),
    allowed: message,
  }));
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, SHOWN_VALUE_CHARACTERS);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}
