// The OpenAPI 3.1 document, made of the route table and the schemas: what is registered is what is described.
import { z } from 'zod';
import type { Parameters } from './parameter.ts';
import { PROBLEMS, type ProblemCode } from './problems.ts';
import type { Route } from './route.ts';
import { SCHEMAS, type SchemaName } from './schemas/named.ts';

type Json = Readonly<Record<string, unknown>>;

/** What any request may be refused for. */
const COMMON_PROBLEMS: readonly ProblemCode[] = [
  'INVALID_REQUEST',
  'UNAUTHORIZED',
  'HOST_NOT_ALLOWED',
  'REQUEST_TIMEOUT',
  'BODY_TOO_LARGE',
  'HEADERS_TOO_LARGE',
  'INTERNAL_ERROR',
];

/** Probes carry no token. */
const OPEN_PATHS = ['/healthz', '/readyz', '/'];

export function openApiDocument(routes: readonly Route[], version: string): Json {
  const components = nameSchemas();
  return {
    openapi: '3.1.0',
    info: {
      title: 'Plimsoll',
      version,
      description:
        'Memory of this host, its processes and its V8 heaps. Sizes in `*_gb` are bytes / 1024³, in `*_mb` bytes / 1024².',
    },
    security: [{}, { token: [] }],
    paths: describePaths(routes, components),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'MONITORING_TOKEN' } },
      schemas: components.documents,
    },
  };
}

function describePaths(routes: readonly Route[], components: Components): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(route, components) };
  }
  return paths;
}

function describeRoute(route: Route, components: Components): Json {
  return {
    summary: route.summary,
    ...(route.description ? { description: route.description } : {}),
    operationId: operationId(route),
    ...(OPEN_PATHS.includes(route.path) ? { security: [{}] } : {}),
    parameters: [...describeParameters(route.params, 'path'), ...describeParameters(route.query, 'query')],
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: inline(SCHEMAS[route.body], 'input') } },
          },
        }
      : {}),
    responses: { 200: describeAnswer(route, components), ...describeRefusals(route, components) },
  };
}

/** `getProcessesPidHistory`. */
function operationId({ method, path }: Route): string {
  const words = path.replace('/api/monitoring', '').match(/\w+/g) ?? ['page'];
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function describeParameters(parameters: Parameters = {}, place: 'path' | 'query'): Json[] {
  return Object.entries(parameters).map(([name, { description, schema, read }]) => ({
    name,
    in: place,
    required: 'allowed' in read(undefined),
    ...(description ? { description } : {}),
    schema,
  }));
}

function describeAnswer({ answer }: Route, components: Components): Json {
  if (answer.kind === 'other') {
    return {
      description: answer.description,
      content: { [answer.contentType]: { schema: { type: 'string' } } },
    };
  }
  const schema = {
    type: 'object',
    required: ['success', 'data', 'message'],
    properties: {
      success: { type: 'boolean' },
      data: components.reference(answer.data),
      message: { type: 'string' },
    },
  };
  return { description: 'The answer', content: { 'application/json': { schema } } };
}

/** Refusals share a status: each status lists its codes. */
function describeRefusals({ method, problems }: Route, components: Components): Json {
  const origin: readonly ProblemCode[] = method === 'GET' ? [] : ['ORIGIN_NOT_ALLOWED'];
  const codes = new Set([...COMMON_PROBLEMS, ...origin, ...problems]);
  const rows = PROBLEMS.filter(({ code }) => codes.has(code));
  const byStatus = Map.groupBy(rows, ({ status }) => String(status));
  const schema = components.reference('problem');
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map(({ code, title }) => `${code}: ${title}`).join('; '),
        content: { 'application/problem+json': { schema } },
      },
    ]),
  );
}

interface Components {
  readonly documents: Json;
  readonly reference: (name: SchemaName) => Json;
}

/** Every exported schema under its name: `detailedMetrics` is `#/components/schemas/DetailedMetrics`. */
function nameSchemas(): Components {
  const registry = z.registry<{ id: string }>();
  for (const [name, schema] of Object.entries(SCHEMAS)) {
    if (!registry.has(schema)) registry.add(schema, { id: capitalise(name) });
  }
  const uri = (id: string) => `#/components/schemas/${id}`;
  const { schemas: documents } = z.toJSONSchema(registry, { uri, override: adapt });
  return {
    documents: Object.fromEntries(Object.entries(documents).map(([id, schema]) => [id, withoutIds(schema)])),
    // The same schema may have two names: the first is the one it is described under.
    reference: (name) => ({ $ref: uri(registry.get(SCHEMAS[name])?.id ?? capitalise(name)) }),
  };
}

function inline(schema: z.ZodType, io: 'input' | 'output'): Json {
  return withoutIds(z.toJSONSchema(schema, { io, override: adapt }));
}

interface Written {
  readonly jsonSchema: z.core.JSONSchema.BaseSchema;
}

function adapt({ jsonSchema }: Written): void {
  // Later versions may add fields to answers: a client must not refuse them.
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  // The format says it; zod's pattern is three hundred characters long.
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
}

function withoutIds({ $id: _id, $schema: _schema, ...rest }: z.core.JSONSchema.BaseSchema): Json {
  return rest;
}

function capitalise(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
