// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs
// Programs for property tests: every kind of allocation expression in every kind of place, with side effects that are logged
// all over, so that a change of order, of a name or of a binding shows.
import fc from 'fast-check';

/** The function around: what may stand in it. */
interface Inside {
  readonly awaits: boolean;
  readonly yields: boolean;
}

type Text = fc.Arbitrary<string>;

const NAMES = ['a', 'b', 'c', 'd'] as const;

const name: Text = fc.constantFrom(...NAMES);
const plainKey: Text = fc.constantFrom(
  'a',
  'b',
  '"x y"',
  '7',
  'async',
  'get',
  'default',
  '__proto__',
  '"__proto__"',
);
const constant: Text = fc.constantFrom(
  '1',
  '-2',
  '"s"',
  'null',
  'true',
  'undefined',
  'void 0',
  '3n',
  '``',
  '"\\n"',
);

/** Objects whose conversion, iteration or reading shows. */
const NOISY: Text = fc.constantFrom(
  '{ toString() { log("text"); return "t" } }',
  '{ get g() { log("get"); return 1 } }',
  '{ *[Symbol.iterator]() { log("first"); yield 1; log("last") } }',
  '{ valueOf() { log("value"); return 5 } }',
);

function list(item: Text, separator = ', ', maxLength = 3): Text {
  return fc.array(item, { maxLength }).map((items) => items.join(separator));
}

function expressions(inside: Inside, depth: number): Text {
  if (depth <= 0)
    return fc.oneof(
      constant,
      name,
      constant.map((text) => `log(${text})`),
    );
  const inner = expressions(inside, depth - 1);
  const body = (of: Partial<Inside>) => statements({ awaits: false, yields: false, ...of }, depth - 1, 2);
  const parameters = list(
    fc.oneof(
      name,
      fc.tuple(name, expressions(NOTHING, 0)).map(([of, value]) => `${of} = ${value}`),
    ),
    ', ',
    2,
  );
  const unique = parameters.map(withoutRepeats);
  const suspending = [
    ...(inside.awaits ? [inner.map((of) => `(await ${of})`), inner.map((of) => `(await later(${of}))`)] : []),
    ...(inside.yields ? [inner.map((of) => `(yield ${of})`), fc.constant('(yield)')] : []),
  ];
  return fc.oneof(
    { weight: 1, arbitrary: constant },
    { weight: 1, arbitrary: name },
    { weight: 3, arbitrary: inner.map((of) => `log(${of})`) },
    { weight: 3, arbitrary: objects(inside, depth) },
    {
      weight: 3,
      arbitrary: list(
        fc.oneof(
          inner,
          fc.constant(''),
          inner.map((of) => `...[${of}]`),
          NOISY.map((of) => `...(${of})`),
        ),
        ',',
      ).map((of) => `[${of}]`),
    },
    { weight: 2, arbitrary: fc.tuple(inner, inner).map(([a, b]) => `\`x\${${a}}\ny\${${b}}\``) },
    { weight: 1, arbitrary: fc.tuple(NOISY, inner).map(([a, b]) => `\`\${${a}}\${${b}}\``) },
    { weight: 2, arbitrary: fc.tuple(unique, inner).map(([of, value]) => `((${of}) => (${value}))`) },
    { weight: 1, arbitrary: fc.tuple(unique, body({})).map(([of, text]) => `((${of}) => {${text}})`) },
    { weight: 1, arbitrary: fc.tuple(unique, body({})).map(([of, text]) => `(function (${of}) {${text}})`) },
    {
      weight: 1,
      arbitrary: fc.tuple(unique, body({ awaits: true })).map(([of, text]) => `(async (${of}) => {${text}})`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(unique, body({ yields: true }))
        .map(([of, text]) => `[...(function* (${of}) {${text}})()]`),
    },
    { weight: 2, arbitrary: classes(inside, depth) },
    {
      weight: 2,
      arbitrary: list(
        fc.oneof(
          inner,
          NOISY.map((of) => `...(${of})`),
        ),
      ).map((of) => `new Made(${of})`),
    },
    { weight: 1, arbitrary: inner.map((of) => `new (log(Made))(${of})`) },
    { weight: 1, arbitrary: classes(inside, depth).map((of) => `new ${of}()`) },
    { weight: 1, arbitrary: inner.map((of) => `new Map([[1, ${of}]])?.get(1)`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '/a/g',
        '/[/]\\//u.source',
        'this',
        'new.target',
        'arguments.length',
        'typeof arguments',
      ),
    },
    { weight: 1, arbitrary: inner.map((of) => `(() => (${of}))()`) },
    { weight: 1, arbitrary: fc.tuple(name, inner).map(([to, of]) => `(${to} = ${of})`) },
    { weight: 1, arbitrary: fc.tuple(name, inner).map(([to, of]) => `(${to} ??= ${of})`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(name, name, inner)
        .map(([to, other, of]) => `({ a: ${to} = ${of}, ...${other} } = { a: undefined, z: 1 })`),
    },
    { weight: 1, arbitrary: fc.tuple(name, inner).map(([to, of]) => `([${to} = ${of}] = [])`) },
    { weight: 1, arbitrary: fc.tuple(inner, inner, inner).map(([a, b, c]) => `(${a} ? ${b} : ${c})`) },
    { weight: 1, arbitrary: fc.tuple(inner, inner).map(([a, b]) => `(${a}, ${b})`) },
    { weight: 1, arbitrary: fc.tuple(inner, inner).map(([a, b]) => `(${a} || ${b})`) },
    { weight: 1, arbitrary: inner.map((of) => `(${of})?.a?.[log("b")]`) },
    { weight: 1, arbitrary: inner.map((of) => `typeof ${of}`) },
    { weight: 1, arbitrary: inner.map((of) => `delete (${of})?.a`) },
    { weight: 1, arbitrary: inner.map((of) => `[${of}].map((x) => ({ x }))`) },
    { weight: 1, arbitrary: inner.map((of) => `((...all) => all.length)\`p\${${of}}\``) },
    { weight: 1, arbitrary: inner.map((of) => `Array(2).fill(${of})`) },
    { weight: 1, arbitrary: inner.map((of) => `Object.keys({ z: ${of} })`) },
    { weight: 1, arbitrary: fc.constantFrom('eval("({ a, b })")', 'eval("var a; [a]")', '{}.a', '[[]][0]') },
    ...suspending.map((arbitrary) => ({ weight: 3, arbitrary })),
  );
}

const NOTHING: Inside = { awaits: false, yields: false };

function withoutRepeats(parameters: string): string {
  const seen = new Set<string>();
  return parameters
    .split(', ')
    .filter((parameter) => {
      const [of = ''] = parameter.split(' ');
      return !seen.has(of) && seen.add(of);
    })
    .join(', ');
}

function objects(inside: Inside, depth: number): Text {
  const inner = expressions(inside, depth - 1);
  const body = statements(NOTHING, depth - 1, 2);
  const member = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(plainKey, inner).map(([key, of]) => `${key}: ${of}`) },
    { weight: 1, arbitrary: name },
    { weight: 1, arbitrary: fc.tuple(inner, inner).map(([key, of]) => `[${key}]: ${of}`) },
    { weight: 1, arbitrary: fc.tuple(NOISY, inner).map(([key, of]) => `[${key}]: ${of}`) },
    { weight: 1, arbitrary: inner.map((of) => `...${of}`) },
    { weight: 1, arbitrary: NOISY.map((of) => `...${of}`) },
    { weight: 1, arbitrary: fc.tuple(plainKey, body).map(([key, text]) => `${key}() {${text}}`) },
    { weight: 1, arbitrary: fc.tuple(plainKey, inner).map(([key]) => `get ${key}() { return [1] }`) },
    { weight: 1, arbitrary: plainKey.map((key) => `${key}() { return super.toString }`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('*', 'async ', 'async *'), plainKey)
        .map(([kind, key]) => `${kind}${key}() {}`),
    },
  );
  return list(member, ',\n').map((of) => `({${of}})`);
}

function classes(inside: Inside, depth: number): Text {
  const inner = expressions(inside, depth - 1);
  const own = expressions(NOTHING, depth - 1).map((text) => text.replaceAll('arguments', 'log'));
  const member = fc.oneof(
    fc.tuple(plainKey, own).map(([key, of]) => `${key} = ${of}`),
    own.map((of) => `static s = ${of}`),
    own.map((of) => `#p = ${of}; static has(o) { return #p in o }`),
    fc.tuple(inner, own).map(([key, of]) => `[${key}] = ${of}`),
    own.map((of) => `m() { return { v: ${of}, s: super.m, t: this } }`),
    own.map((of) => `static { log(${of}) }`),
  );
  const heritage = fc.constantFrom('', ' extends Made', ' extends (log(Made))', ' extends class { z = [1] }');
  return fc
    .tuple(fc.constantFrom('', ' K'), heritage, list(member, ';\n', 2))
    .map(([of, base, text]) => `class${of}${base} {${text}}`);
}

function statements(inside: Inside, depth: number, maxLength: number): Text {
  const value = expressions(inside, depth);
  const block = depth > 0 ? statements(inside, depth - 1, 2) : fc.constant('');
  const end = fc.constantFrom(';', '\n', '\n');
  const statement = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(name, value, end).map(([of, text, stop]) => `${of} = ${text}${stop}`) },
    { weight: 2, arbitrary: fc.tuple(value, end).map(([text, stop]) => `log(${text})${stop}`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom('new Made()', 'new Made', '`${a}`', '[1].map(log)', '/x/.test(b)', '(log)(7)'),
          end,
        )
        .map(([text, stop]) => `;${text}${stop}`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom('new Made(1)', 'a', 'b = () => {}', 'c = x => { log(x) }'),
          fc.constantFrom('new Made(2)', 'log(new Made)', '++d'),
        )
        .map(([first, second]) => `\n${first}\n${second}\n`),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(value, block).map(([test, text]) => `if (${test}) {${text}} else new Made()\n`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(name, value, block)
        .map(([of, text, inner]) => `for (const { ${of} = ${text} } of [{}, { ${of}: 1 }]) {${inner}}\n`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(name, value)
        .map(([of, text]) => `for (let ${of} = ${text}, i = 0; i < 2; i++) { log(() => ${of}) }\n`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(block, block)
        .map(([tried, caught]) => `try {${tried}} catch (e) { log(e?.name); ${caught}}\n`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(name, value, value)
        .map(
          ([of, first, second]) =>
            `{ const { ${of} = ${first}, z: [y = ${second}] = [] } = {}; log(y); log(${of}) }\n`,
        ),
    },
    { weight: 1, arbitrary: fc.tuple(value, end).map(([text, stop]) => `return ${text}${stop}`) },
  );
  return list(statement, '', maxLength);
}

export interface ArbitraryProgram {
  /** The parts of a function: its kind decides what may stand in the body. */
  readonly kind: 'async function' | 'function*' | 'async function*';
  readonly strict: boolean;
  readonly body: string;
}

const KINDS: Readonly<Record<ArbitraryProgram['kind'], Inside>> = {
  'async function': { awaits: true, yields: false },
  'function*': { awaits: false, yields: true },
  'async function*': { awaits: true, yields: true },
};

export const arbitraryProgram: fc.Arbitrary<ArbitraryProgram> = fc
  .constantFrom(...(Object.keys(KINDS) as ArbitraryProgram['kind'][]))
  .chain((kind) =>
    fc.record({ kind: fc.constant(kind), strict: fc.boolean(), body: statements(KINDS[kind], 3, 4) }),
  );

/** The text of an expression: a function of `log`, `later` and `Made`. */
export function functionText({ kind, strict, body }: ArbitraryProgram): string {
  return `${kind} main(log, later, Made) {${strict ? '"use strict";' : ''}
let a = 1, b = [2], c = { a: 3 }, d = 4
${body}
return { a, b, c, d } }`;
}
