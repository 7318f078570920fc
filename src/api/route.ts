// One route, declared once: the router, the checks of its input and the OpenAPI document are all made of this record, so that
// none can say anything else than the others.
import type { z } from 'zod';
import type { Monitor } from '../monitor/monitor.ts';
import type { Seconds } from '../units/index.ts';
import type { EventHub } from './events/hub.ts';
import { readJson } from './http/body.ts';
import type { StaticFile } from './page/files.ts';
import { type ProblemCode, problemResponse, type Refusal } from './problems.ts';

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

/** What the OpenAPI document says of an answer. */
export type AnswerShape =
  | { readonly kind: 'json'; readonly data: z.ZodType }
  | { readonly kind: 'other'; readonly contentType: string; readonly description: string };

export interface Route {
  readonly method: Method;
  /** With `:name` for a parameter. */
  readonly path: string;
  /** The path as the router matches it, where `path` says too little: `:id` would match a dot too. */
  readonly pattern?: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
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

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

interface JsonRoute<Params, Query, Body, Data extends z.ZodType>
  extends Pick<Route, 'method' | 'path' | 'summary' | 'description'> {
  readonly params?: Params & z.ZodObject;
  readonly query?: Query & z.ZodObject;
  readonly body?: Body & z.ZodType;
  readonly data: Data;
  readonly problems?: readonly ProblemCode[];
  readonly handle: (
    input: Checked<Output<Params>, Output<Query>, Output<Body>>,
    context: ApiContext,
  ) => Promise<Answer<z.output<Data>> | Refusal> | Answer<z.output<Data>> | Refusal;
}

/** A route that answers in the envelope. Its handler sees checked input and returns checked types. */
export function jsonRoute<Data extends z.ZodType, Params = undefined, Query = undefined, Body = undefined>({
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
      const answer = await handle(checked as Parameters<typeof handle>[0], context);
      return 'refusal' in answer ? problemResponse(answer) : jsonResponse(answer);
    },
  };
}

function jsonResponse<Data>({ success = true, data, message }: Answer<Data>): Response {
  return new Response(JSON.stringify({ success, data, message }), {
    headers: { 'content-type': 'application/json' },
  });
}

type InputSchemas = Partial<Pick<Route, 'params' | 'query' | 'body'>>;

function inputProblems({ params, query, body }: InputSchemas): ProblemCode[] {
  return [
    ...(params || query ? (['INVALID_PARAMETER'] as const) : []),
    ...(body ? (['INVALID_JSON', 'INVALID_BODY', 'BODY_TOO_LARGE'] as const) : []),
  ];
}

async function checkInput(
  schemas: InputSchemas,
  raw: RawInput,
): Promise<Checked<unknown, unknown, unknown> | Refusal> {
  const params = schemas.params?.safeParse(raw.params);
  const query = schemas.query?.safeParse(raw.query);
  const wrong = [...listProblems(params?.error, raw.params), ...listProblems(query?.error, raw.query)];
  if (wrong.length > 0) return { refusal: 'INVALID_PARAMETER', problems: wrong };
  const body = schemas.body ? await checkBody(schemas.body, raw.request) : { body: undefined };
  return 'refusal' in body ? body : { params: params?.data, query: query?.data, body: body.body };
}

async function checkBody(schema: z.ZodType, request: Request): Promise<{ readonly body: unknown } | Refusal> {
  const read = await readJson(request);
  if ('refusal' in read) return read;
  const parsed = schema.safeParse(read.json);
  if (parsed.success) return { body: parsed.data };
  // Nothing at all, where something is needed.
  if (read.json === undefined) return { refusal: 'INVALID_JSON' };
  return { refusal: 'INVALID_BODY', problems: listProblems(parsed.error, read.json) };
}

const SHOWN_VALUE_CHARACTERS = 100;

/** Every issue with the value it is about. */
function listProblems(error: z.ZodError | undefined, input: unknown): NonNullable<Refusal['problems']> {
  return (error?.issues ?? []).map((issue) => ({
    name: issue.path.join('.') || 'body',
    value: (JSON.stringify(valueAt(input, issue.path)) ?? 'nothing').slice(0, SHOWN_VALUE_CHARACTERS),
    allowed: issue.message,
  }));
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}
