import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { transformSync } from 'esbuild';
import type { Position } from './mapped-file.ts';
import { createPositionResolver } from './resolver.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-maps-'));
after(() => rmSync(folder, { recursive: true }));

const SOURCE = `// A comment that moves everything down.
interface Order { id: number }

export function rememberOrder(order: Order): Order[] { return [order]; }

export const openSession = (id: number): number[] => { return [id]; };

export class Ledger {
  enter(amount: number): number[] { return [amount]; }
}
`;

/** The source, minified on one line, in `name`, with its map as `attach` puts it there. */
function build(name: string, attach: (map: string) => string): string {
  const { code, map } = transformSync(SOURCE, {
    loader: 'ts',
    minify: true,
    sourcemap: 'external',
    sourcefile: 'orders.ts',
  });
  writeFileSync(join(folder, name), `${code}${attach(map)}`);
  return code;
}

/** Where V8 says that the function with this text before its parameters starts. */
function startOf(code: string, file: string, before: RegExp): Position {
  const match = before.exec(code);
  if (!match) throw new Error(`no ${before} in ${code}`);
  return {
    functionName: match[1] ?? '',
    file: join(folder, file),
    line: 1,
    column: match.index + match[0].length + 1,
  };
}

const resolveOne = (position: Position): Position | undefined =>
  createPositionResolver().resolve([position])[0];

function assertMapped(file: string, code: string): void {
  const positions = [
    startOf(code, file, /function (\w+)(?=\()/),
    startOf(code, file, /const (\w+)=(?=\w+=>)/),
    startOf(code, file, /\b(enter)(?=\()/),
  ];
  const orders = join(folder, 'orders.ts');
  assert.deepEqual(
    createPositionResolver()
      .resolve(positions)
      .map(({ functionName, file: mapped, line }) => [functionName, mapped, line]),
    [
      ['rememberOrder', orders, 4],
      ['openSession', orders, 6],
      ['enter', orders, 9],
    ],
  );
}

const inline = (map: string, prefix = 'data:application/json;base64,') =>
  `//# sourceMappingURL=${prefix}${Buffer.from(map).toString('base64')}\n`;

describe('positions through source maps', () => {
  it('finds a map beside the file', () => {
    const code = build('external.js', (map) => {
      writeFileSync(join(folder, 'external.js.map'), map);
      return '//# sourceMappingURL=external.js.map\n';
    });
    assertMapped('external.js', code);
  });

  it('finds one inside the file', () => {
    assertMapped(
      'inline.js',
      build('inline.js', (map) => inline(map)),
    );
    assertMapped(
      'charset.js',
      build('charset.js', (map) => inline(map, 'data:application/json;charset=utf-8;base64,')),
    );
    assertMapped(
      'plain.js',
      build('plain.js', (map) => `//# sourceMappingURL=data:application/json,${encodeURIComponent(map)}`),
    );
  });

  it('has the text of a source that its map carries, once a position led there', () => {
    const code = build('carried.js', (map) => inline(map));
    const resolver = createPositionResolver();
    const orders = join(folder, 'orders.ts');
    assert.equal(resolver.sourceText(orders), undefined);
    resolver.resolve([startOf(code, 'carried.js', /function (\w+)(?=\()/)]);
    assert.equal(resolver.sourceText(orders), SOURCE);
    assert.equal(resolver.sourceText(join(folder, 'other.ts')), undefined);
  });

  it('finds an index map', () => {
    const code = build('index.js', (map) => {
      const sections = [{ offset: { line: 0, column: 0 }, map: JSON.parse(map) as object }];
      writeFileSync(join(folder, 'index.js.map'), JSON.stringify({ version: 3, sections }));
      return '//# sourceMappingURL=index.js.map\n';
    });
    assertMapped('index.js', code);
  });

  it('takes the last comment, and no string that looks like one', () => {
    const fake = 'var a="//# sourceMappingURL=nothing.map";';
    const code = build('fake.js', (map) => `\n${fake}\n${inline(map)}${fake}\n`);
    assertMapped('fake.js', code);
  });

  it('knows a file by its URL too', () => {
    const code = build('url.mjs', (map) => inline(map));
    const position = startOf(code, 'url.mjs', /function (\w+)(?=\()/);
    const mapped = resolveOne({ ...position, file: pathToFileURL(position.file).href });
    assert.deepEqual([mapped?.functionName, mapped?.line], ['rememberOrder', 4]);
  });

  it('leaves a position where there is no map, or a broken one', () => {
    const broken: Readonly<Record<string, string>> = {
      'none.js': '',
      'gone.js': '//# sourceMappingURL=gone.js.map',
      'remote.js': '//# sourceMappingURL=https://maps.example/remote.js.map',
      'json.js': '//# sourceMappingURL=data:application/json;base64,e30=',
      'text.js': `//# sourceMappingURL=data:application/json,${encodeURIComponent('{"version":3,')}`,
      'percent.js': '//# sourceMappingURL=data:application/json,%',
      'sources.js': inline('{"version":3,"sources":[],"names":[],"mappings":"AAAA"}'),
    };
    for (const [name, comment] of Object.entries(broken)) {
      writeFileSync(join(folder, name), `function a(){}\n${comment}\n`);
      const position = { functionName: 'a', file: join(folder, name), line: 1, column: 11 };
      assert.deepEqual(resolveOne(position), position, name);
    }
    for (const file of [
      '',
      'node:internal/util',
      '/nowhere/at/all.js',
      'evalmachine.<anonymous>',
      'file://%',
    ]) {
      const position = { functionName: 'a', file, line: 3, column: 1 };
      assert.deepEqual(resolveOne(position), position, file);
    }
  });

  it('gives back positions and nothing else of what it was handed', () => {
    const resolver = createPositionResolver();
    const position = { functionName: 'a', file: join(folder, 'none.js'), line: 1, column: 11 };
    for (const liveBytes of [1, 2]) {
      const site = { ...position, liveBytes };
      assert.deepEqual(resolver.resolve([site]), [position]);
    }
  });

  it('holds no more than it may, over a thousand maps', () => {
    const limits = { mapBytes: 100_000, positionBytes: 50_000 };
    const resolver = createPositionResolver(limits);
    const code = build('many.js', (map) => inline(map));
    const text = build('template.js', (map) => inline(map)) && code;
    for (let i = 0; i < 1000; i += 1) {
      const name = `many-${i}.js`;
      build(name, (map) => inline(map));
      const position = startOf(text, name, /function (\w+)(?=\()/);
      assert.equal(resolver.resolve([position])[0]?.functionName, 'rememberOrder');
      assert.ok(resolver.cachedBytes() <= limits.mapBytes + limits.positionBytes);
    }
    assert.ok(resolver.cachedBytes() > limits.positionBytes / 2, 'and it does keep some');
  });

  it('answers even where nothing can be kept', () => {
    const code = build('large.js', (map) => inline(map));
    const position = startOf(code, 'large.js', /function (\w+)(?=\()/);
    const resolver = createPositionResolver({ mapBytes: 0, positionBytes: 0 });
    assert.equal(resolver.resolve([position, position])[1]?.functionName, 'rememberOrder');
    assert.equal(resolver.cachedBytes(), 0);
  });
});
