// docs/api.md, made of the OpenAPI document: `node scripts/api-page.ts` writes it, a test holds it to the routes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '../src/api/openapi.ts';
import { PROBLEMS } from '../src/api/problems.ts';
import type { Route } from '../src/api/route.ts';
import { ROUTES } from '../src/api/routes/index.ts';

type Scalar = string | number | boolean | null;

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: Scalar;
  readonly enum?: readonly Scalar[];
  readonly const?: Scalar;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly description?: string;
  readonly schema: Schema;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

interface Operation {
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content: Content }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const INTRODUCTION = `# HTTP API

<!-- Made by scripts/api-page.ts from src/api: change that, not this page. -->

JSON, in snake_case. A success is \`{ "success": true, "data": …, "message": "…" }\`; below, an answer is its \`data\`. A refusal is
[RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) problem details, \`application/problem+json\`, with a stable \`code\`. Times are
ISO 8601 in UTC. \`*_gb\` is bytes / 1024³, \`*_mb\` is bytes / 1024² with two decimals. What the kernel does not print is absent, never 0;
a field marked ? may be absent.

A running monitor describes itself at \`GET /api/openapi.json\` (OpenAPI 3.1). With \`MONITORING_TOKEN\` set every request
carries \`Authorization: Bearer …\`, except for \`/healthz\`, \`/readyz\` and the page at \`/\`. Without a token only the
names of this machine are answered to: localhost, 127.0.0.0/8 and [::1]. Requests that change something are refused when a page of another
origin sends them. A body is at most 64 KiB.
`;

/** The whole page, in Markdown. */
export function apiPage(): string {
  const { paths, components } = openApiDocument(ROUTES, '') as unknown as Document;
  return [
    INTRODUCTION,
    '## Endpoints\n',
    ...ROUTES.map((route) => describeRoute(route, operationOf(route, paths))),
    '## Records\n',
    ...Object.entries(components.schemas)
      .toSorted(byName)
      .map(([name, schema]) => describeRecord(name, schema)),
    '## Refusals\n',
    describeProblems(),
  ].join('\n');
}

function byName([a]: readonly [string, Schema], [b]: readonly [string, Schema]): number {
  return a < b ? -1 : 1;
}

function operationOf({ method, path }: Route, paths: Document['paths']): Operation {
  const operation = paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
  if (!operation) throw new Error(`the OpenAPI document lacks ${method} ${path}`);
  return operation;
}

function describeRoute(route: Route, operation: Operation): string {
  const refusals = route.problems.map((code) => `\`${code}\``);
  return [
    `### ${route.method} ${route.path}\n`,
    `${route.summary}.${route.description ? ` ${route.description}` : ''}\n`,
    ...describeParameters(operation.parameters),
    ...(operation.requestBody ? describeBody(operation.requestBody.content) : []),
    `- answers ${describeAnswer(operation)}`,
    ...(refusals.length > 0 ? [`- may refuse with ${refusals.join(', ')}`] : []),
    '',
  ].join('\n');
}

function describeParameters(parameters: readonly Parameter[]): readonly string[] {
  if (parameters.length === 0) return [];
  const rows = parameters.map(
    ({ name, in: place, description = '', schema }) =>
      `| \`${name}\` | ${place} | ${typeText(schema)}${boundsText(schema)} | ${schema.default ?? ''} | ${description} |`,
  );
  return ['| parameter | in | type | default | meaning |', '|---|---|---|---|---|', ...rows, ''];
}

function boundsText({ minimum, maximum = Number.MAX_SAFE_INTEGER }: Schema): string {
  if (minimum === undefined) return '';
  return maximum === Number.MAX_SAFE_INTEGER ? ` of at least ${minimum}` : ` from ${minimum} to ${maximum}`;
}

function describeBody(content: Content): readonly string[] {
  const schema = content['application/json']?.schema;
  const fields = Object.entries(schema?.properties ?? {}).map(
    ([name, field]) => `\`${name}\` (${field.description})`,
  );
  const takes = fields.length > 0 ? fields.join(', ') : 'an object';
  return [`- takes ${takes}${schema?.description ? `; ${schema.description}` : ''}`];
}

function describeAnswer({ responses }: Operation): string {
  const [[type, { schema }] = ['', { schema: {} as Schema }]] = Object.entries(
    responses['200']?.content ?? {},
  );
  const data = schema.properties?.data;
  return data ? typeText(data) : `${type}: ${responses['200']?.description}`;
}

function describeRecord(name: string, schema: Schema): string {
  if (!schema.properties) return `### ${name}\n\n${typeText(schema)}\n`;
  const rows = Object.entries(schema.properties).map(([field, type]) => {
    const mark = schema.required?.includes(field) ? '' : ' ?';
    return `| \`${field}\`${mark} | ${typeText(type)} | ${type.description ?? ''} |`;
  });
  return [
    `### ${name}\n`,
    ...(schema.description ? [`${schema.description}\n`] : []),
    '| field | type | meaning |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** A type in a few words: `number`, `list of [Verdict](#verdict)`, `text or null`. */
function typeText(schema: Schema): string {
  if (schema.$ref) return linkTo(schema.$ref.split('/').at(-1) ?? '');
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum) return schema.enum.join(', ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(typeText).join(' or ');
  if (Array.isArray(schema.type)) return schema.type.map(typeWord).join(' or ');
  if (schema.items) return `list of ${typeText(schema.items)}`;
  if (schema.properties)
    return `{ ${Object.entries(schema.properties)
      .map(([name, type]) => `${name}: ${typeText(type)}`)
      .join(', ')} }`;
  if (schema.additionalProperties) return `dictionary of ${typeText(schema.additionalProperties)}`;
  return typeWord(String(schema.type));
}

const linkTo = (name: string) => `[${name}](#${name.toLowerCase()})`;

function typeWord(type: string): string {
  const words: Readonly<Record<string, string>> = {
    string: 'text',
    integer: 'whole number',
    boolean: 'true or false',
  };
  return words[type] ?? type;
}

function describeProblems(): string {
  const rows = PROBLEMS.map(
    ({ code, status, title, whatToDo }) => `| \`${code}\` | ${status} | ${title} | ${whatToDo} |`,
  );
  return ['| code | status | what happened | what to do |', '|---|---|---|---|', ...rows, ''].join('\n');
}

if (import.meta.main) writeFileSync(join(import.meta.dirname, '..', 'docs', 'api.md'), apiPage());
