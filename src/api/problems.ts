// Everything a request can be refused for, once: the code a client can rely on, its HTTP status, its title, and what to do.
// docs/errors.md and the OpenAPI document are made of this table; the bodies are RFC 9457 problem details.
import { ATTACH_PROBLEMS } from './attach-problems.ts';
import type { Problem } from './wire.ts';

export interface ProblemRow {
  /** Stable, UPPER_SNAKE. */
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  /** A sentence, without a full stop. */
  readonly whatToDo: string;
}

const ROWS = {
  INVALID_REQUEST: {
    status: 400,
    title: 'Not a valid HTTP request',
    whatToDo: 'Send a well-formed request line and a valid Host header',
  },
  INVALID_PARAMETER: {
    status: 400,
    title: 'A parameter is not valid',
    whatToDo: 'Correct every parameter listed in `problems`',
  },
  INVALID_JSON: {
    status: 400,
    title: 'The body is not JSON',
    whatToDo: 'Send a JSON document in UTF-8',
  },
  INVALID_BODY: {
    status: 400,
    title: 'The body is not what this endpoint takes',
    whatToDo: 'Correct every entry listed in `problems`; /api/openapi.json has the schema',
  },
  INVALID_SETTING: {
    status: 400,
    title: 'A setting cannot be changed so',
    whatToDo: 'Correct every entry listed in `problems`; nothing was changed',
  },
  UNAUTHORIZED: {
    status: 401,
    title: 'A bearer token is needed',
    whatToDo: 'Send `Authorization: Bearer` and the value of MONITORING_TOKEN',
  },
  HOST_NOT_ALLOWED: {
    status: 403,
    title: 'The Host header names another host',
    whatToDo:
      'Without MONITORING_TOKEN ask for localhost, 127.0.0.1 or [::1]; set a token to serve other names',
  },
  ORIGIN_NOT_ALLOWED: {
    status: 403,
    title: 'A page of another origin may not change anything',
    whatToDo: "Send the request from the monitor's own page, or from outside a browser",
  },
  NOT_FOUND: {
    status: 404,
    title: 'There is nothing at this path',
    whatToDo: 'GET /api/openapi.json lists every path',
  },
  PROCESS_NOT_FOUND: {
    status: 404,
    title: 'There is no such process',
    whatToDo: 'GET /api/monitoring/processes lists the processes of the newest sample',
  },
  SNAPSHOT_NOT_FOUND: {
    status: 404,
    title: 'There is no such snapshot',
    whatToDo: 'GET /api/monitoring/memory-leaks lists those that are kept',
  },
  SOURCE_NOT_FOUND: {
    status: 404,
    title: 'There is no source for this place',
    whatToDo:
      'Name a frame of the snapshot; its source is shown where its source map carries it, or where it lies on this machine',
  },
  ...ATTACH_PROBLEMS,
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'This path does not take this method',
    whatToDo: 'The Allow header lists the methods it takes',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    title: 'The request took too long to arrive',
    whatToDo: 'Send the whole request at once',
  },
  PROFILING_DISABLED: {
    status: 409,
    title: 'Memory profiling is disabled',
    whatToDo:
      'Set MONITORING_TRACEMALLOC_ENABLED=true and start again, or POST /api/monitoring/tracemalloc/start to begin now',
  },
  PROFILING_UNAVAILABLE: {
    status: 409,
    title: 'Memory profiling cannot be used here',
    whatToDo: 'Everything else works without it',
  },
  SAMPLER_FOREIGN: {
    status: 409,
    title: "Another profiler runs V8's sampler",
    whatToDo: 'End that profiler first: the monitor ends only what it started',
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: 'The body is too large',
    whatToDo: 'Send at most 64 KiB',
  },
  SNAPSHOT_TOO_SOON: {
    status: 429,
    title: 'The last snapshot is less than 5 seconds old',
    whatToDo: 'Try again after the time in Retry-After',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    title: 'The request line and headers are too large',
    whatToDo: 'Send at most 16 KiB of them',
  },
  INTERNAL_ERROR: {
    status: 500,
    title: 'The monitor failed to answer',
    whatToDo: "The monitor's log has the reason; please report it",
  },
  NOT_READY: {
    status: 503,
    title: 'No sample was taken yet',
    whatToDo: 'Try again after the time in Retry-After',
  },
  SNAPSHOT_TIMED_OUT: {
    status: 503,
    title: 'The watched thread did not answer',
    whatToDo: 'It is in a blocking system call: try again when that has returned',
  },
  TRACING_TIMED_OUT: {
    status: 503,
    title: "The application's event loop took no order, and nothing was changed",
    whatToDo: 'Try again when it runs',
  },
  TOO_MANY_SUBSCRIBERS: {
    status: 503,
    title: 'Too many readers of the event stream',
    whatToDo: 'Close another stream, or poll /api/monitoring/detailed-metrics',
  },
} as const satisfies Record<string, Omit<ProblemRow, 'code'>>;

export type ProblemCode = keyof typeof ROWS;

export const PROBLEMS: readonly ProblemRow[] = Object.entries(ROWS).map(([code, row]) => ({
  code: code as ProblemCode,
  ...row,
}));

type InputProblem = NonNullable<Problem['problems']>[number];

/** Why a request is refused: what a handler returns in place of an answer. */
export interface Refusal {
  readonly refusal: ProblemCode;
  /** What happened, as a sentence without a full stop; the title when there is no more to say. */
  readonly reason?: string | undefined;
  readonly problems?: readonly InputProblem[];
  readonly headers?: Readonly<Record<string, string>>;
}

export function problemBody({ refusal, reason, problems }: Refusal): Problem {
  const { status, title, whatToDo } = ROWS[refusal];
  return {
    type: `urn:plimsoll:error:${refusal}`,
    title,
    status,
    code: refusal,
    detail: `${reason ?? title}. ${whatToDo}.`,
    ...(problems ? { problems: [...problems] } : {}),
  };
}

export function problemResponse(refusal: Refusal): Response {
  const body = problemBody(refusal);
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { 'content-type': 'application/problem+json', ...refusal.headers },
  });
}
