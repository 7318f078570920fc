import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createFakeMonitor } from '../../test/api/fake-monitor.ts';
import { createApi } from './api.ts';
import { PROBLEMS } from './problems.ts';
import { ROUTES } from './routes/index.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: unknown }[];
  readonly requestBody?: unknown;
  readonly responses: Record<string, { description: string }>;
}

interface Document {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, unknown> };
}

let document: Document;

before(async () => {
  const api = createApi(createFakeMonitor(), { webRoot: '/nonexistent' });
  const response = await api.fetch(new Request('http://localhost/api/openapi.json'));
  document = (await response.json()) as Document;
});

const operations = () => Object.values(document.paths).flatMap((path) => Object.values(path));

describe('the OpenAPI document', () => {
  it('describes every route and no other', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const registered = ROUTES.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    assert.deepEqual(described, registered);
  });

  it('is of version 3.1, and of the monitor’s own', () => {
    assert.deepEqual([document.openapi, document.info.version], ['3.1.0', '1.2.3']);
  });

  it('points at nothing that is not there', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, target]) => target,
    );
    assert.ok(references.length > 50);
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    assert.deepEqual(
      references.filter((target) => !known.includes(target ?? '')),
      [],
    );
  });

  it('names every operation once, and says what it is for', () => {
    const names = operations().map(({ operationId }) => operationId);
    assert.equal(new Set(names).size, names.length);
    for (const { summary } of operations()) assert.ok(summary.length > 5);
  });

  it('describes parameters with their bounds', () => {
    const parameter = (path: string, name: string) =>
      document.paths[path]?.get?.parameters.find((given) => given.name === name);
    assert.deepEqual(parameter('/api/monitoring/trends', 'hours'), {
      name: 'hours',
      in: 'query',
      required: false,
      description: 'how far back, in hours',
      schema: { default: 24, type: 'number', minimum: 1, maximum: 168 },
    });
    const pid = parameter('/api/monitoring/processes/{pid}', 'pid');
    assert.deepEqual([pid?.in, pid?.required], ['path', true]);
  });

  it('lists the codes each operation may be refused with, out of the table', () => {
    const described = operations().flatMap(({ responses }) =>
      Object.entries(responses).flatMap(([status, { description }]) =>
        [...description.matchAll(/([A-Z_]{6,}):/g)].map(([, code]) => `${code} ${status}`),
      ),
    );
    const table = PROBLEMS.map(({ code, status }) => `${code} ${status}`);
    // These two are what a request meets that no operation takes.
    const nowhere = table.filter((line) => !/^(NOT_FOUND|METHOD_NOT_ALLOWED) /.test(line));
    assert.deepEqual([...new Set(described)].toSorted(), nowhere.toSorted());
  });

  it('shows the bodies of changes', () => {
    for (const path of ['settings', 'thresholds'])
      assert.ok(document.paths[`/api/monitoring/${path}`]?.put?.requestBody, path);
  });
});
