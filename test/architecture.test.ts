// The rooms and the directions between them, as a test: an import that its room's row does not allow fails, and so does a
// cycle. ARCHITECTURE.md says why the rooms are what they are.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '..');

/** Room → the rooms it may import. Longer paths come first: `host/procfs` is a room inside `host`. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  units: [],
  model: ['units'],
  config: ['units', 'model'],
  'host/procfs': ['units', 'model'],
  'host/cgroupfs': ['units', 'model'],
  host: ['host/procfs', 'host/cgroupfs', 'units', 'model'],
  heap: ['units', 'model'],
  profile: ['units', 'model'],
  snapshot: ['units', 'model'],
  leak: ['units', 'model', 'profile'],
  alert: ['units', 'model', 'leak'],
  notify: ['units', 'model', 'config'],
  history: ['units', 'model', 'config'],
  metrics: ['units', 'model'],
  monitor: [
    'units',
    'model',
    'config',
    'host',
    'heap',
    'profile',
    'snapshot',
    'leak',
    'alert',
    'notify',
    'history',
    'metrics',
  ],
  api: ['monitor', 'config', 'history', 'units', 'model'],
  service: ['monitor', 'api', 'config', 'history', 'heap', 'profile', 'units', 'model'],
  cli: ['*'],
  // index.ts, register.ts, otel.ts: what a service imports.
  '.': ['service', 'monitor', 'config', 'units', 'model', 'profile'],
};

/** Rooms that must stay pure: no clock, no I/O, no node: import, so that the dashboard can run them too. */
const PURE = ['units', 'model', 'leak', 'alert'];

const FORBIDDEN_NAMES = ['utils', 'helpers', 'common', 'core', 'types', 'misc', 'lib'];

const files = globSync('src/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'));

function roomOf(file: string): string {
  const path = relative('src', file);
  const names = Object.keys(ROOMS).sort((a, b) => b.length - a.length);
  return names.find((name) => path.startsWith(`${name}/`)) ?? '.';
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|[^.\w])import\(\s*['"]([^'"]+)['"]/g;

function importsOf(file: string): readonly string[] {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '');
}

function resolve(file: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? join(dirname(file), specifier) : undefined;
}

describe('architecture', () => {
  it('knows every folder in src', () => {
    const strangers = files.filter((file) => roomOf(file) === '.' && dirname(file) !== 'src');
    assert.deepEqual(strangers, []);
    assert.ok(files.length > 10, 'the walk found the sources');
  });

  it('imports only what the room may', () => {
    const wrong = files.flatMap((file) => {
      const room = roomOf(file);
      const allowed = ROOMS[room] ?? [];
      return importsOf(file)
        .map((specifier) => resolve(file, specifier))
        .filter((target) => target !== undefined)
        .map(roomOf)
        .filter((target) => target !== room && !allowed.includes('*') && !allowed.includes(target))
        .map((target) => `${file} → ${target}`);
    });
    assert.deepEqual(wrong, []);
  });

  it('keeps the pure rooms pure', () => {
    const impure = files
      .filter((file) => PURE.includes(roomOf(file)))
      .flatMap((file) => importsOf(file).map((specifier) => ({ file, specifier })))
      .filter(({ specifier }) => !specifier.startsWith('.'))
      .map(({ file, specifier }) => `${file} imports ${specifier}`);
    const clocks = files
      .filter((file) => PURE.includes(roomOf(file)))
      .filter((file) =>
        /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(/.test(
          readFileSync(join(root, file), 'utf8'),
        ),
      );
    assert.deepEqual([impure, clocks], [[], []]);
  });

  it('has no cycle between files', () => {
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .map((s) => resolve(file, s))
          .filter((t) => t !== undefined),
      ]),
    );
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      assert.ok(!path.includes(file), `cycle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
      if (done.has(file)) return;
      for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
  });

  it('calls no folder or file by a name that says nothing', () => {
    const vague = files.filter((file) =>
      file.split('/').some((part) => FORBIDDEN_NAMES.includes(part.replace(/\.ts$/, ''))),
    );
    assert.deepEqual(vague, []);
  });
});
