import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CallFrame, PositionResolver, SamplingNode, SiteTable } from '../../heap/index.ts';
import { frameAt, framesOfStack, type Profile } from '../../model/index.ts';
import { createFramePlaces } from './frame-places.ts';
import { liveProfile } from './live-profile.ts';

type Call = readonly [name: string, line: number, column: number, scriptId?: string];

/** One stack, outermost first, with a sample at its leaf. */
function documentOf(calls: readonly Call[]): Parameters<typeof liveProfile>[0] {
  const nodes = calls.reduceRight<SamplingNode[]>(
    (children, [functionName, line, column, scriptId = '7'], index) => [
      {
        id: index + 2,
        selfSize: 0,
        children,
        callFrame: {
          functionName,
          url: scriptId.startsWith('file:') ? scriptId : `/${scriptId}.js`,
          scriptId,
          lineNumber: line - 1,
          columnNumber: column - 1,
        },
      },
    ],
    [],
  );
  const callFrame: CallFrame = {
    functionName: '(root)',
    url: '',
    scriptId: '0',
    lineNumber: -1,
    columnNumber: -1,
  };
  return {
    head: { id: 1, selfSize: 0, callFrame, children: nodes },
    samples: [{ size: 100, nodeId: calls.length + 1, ordinal: 1 }],
  };
}

/** In script 7 an expression has a function of its own in each column from 100 on, moved there by 90; other text is moved by 5. */
const sites: SiteTable = {
  find(url, _, column) {
    if (url !== '/7.js') return undefined;
    return column >= 99 ? { kind: 'start', column: column - 90 } : { kind: 'text', column: column - 5 };
  },
  placesOf: () => undefined,
  add() {},
  report: () => ({ kind: 'precise', filesRewritten: 1, filesLeftAlone: 0 }),
};

const positions: PositionResolver = {
  resolve: (asked) =>
    asked.map((position) => ({ ...position, functionName: position.functionName.replace(/^min/, 'full') })),
  sourceText: () => undefined,
  cachedBytes: () => 0,
};

/** Outermost first, as name:line:column. */
function stackOf(calls: readonly Call[], table: SiteTable | 'none' = sites): readonly string[] {
  const places = createFramePlaces(table === 'none' ? undefined : table, positions);
  const profile: Profile = liveProfile(documentOf(calls), {}, () => 1, places);
  assert.equal(profile.samples.stack.length, 1);
  return framesOfStack(profile, profile.samples.stack[0] ?? 0)
    .map((frame) => frameAt(profile, frame))
    .map(({ functionName, line, column }) => `${functionName}:${line}:${column}`)
    .reverse();
}

describe('a profile of what V8 sampled', () => {
  it('bills what our hooks allocate in the midst of the application to whoever called them', () => {
    const hook = new URL('../../heap/rewriting/load-hook.ts', import.meta.url).href;
    const calls: readonly Call[] = [
      ['loadAnew', 4, 10],
      ['load', 3, 1, hook],
      ['text', 5, 1, hook],
    ];
    assert.deepEqual(stackOf(calls, 'none'), ['loadAnew:4:10']);
  });

  it('has the stacks as they are', () => {
    assert.deepEqual(
      stackOf(
        [
          ['main', 1, 10],
          ['push', 0, 0],
        ],
        'none',
      ),
      ['main:1:10', 'push:0:0'],
    );
  });

  it('puts an expression in the function around it, at its own place', () => {
    assert.deepEqual(
      stackOf([
        ['main', 1, 10],
        ['remember', 3, 20],
        ['', 4, 100],
      ]),
      ['main:1:5', 'remember:4:10'],
    );
  });

  it('does so within expressions, and goes on from there', () => {
    assert.deepEqual(
      stackOf([
        ['remember', 3, 20],
        ['', 4, 100],
        ['', 5, 101],
        ['Order', 9, 8],
        ['', 10, 120],
        ['Map', 0, 0],
      ]),
      ['remember:5:11', 'Order:10:30', 'Map:0:0'],
    );
  });

  it("keeps the name that the function has in its source, which is found at the function's start", () => {
    assert.deepEqual(
      stackOf([
        ['minRemember', 3, 20],
        ['', 4, 100],
      ]),
      ['fullRemember:4:10'],
    );
  });

  it('does not take a caller for the function around that is not: the stack was cut, or it is of another file', () => {
    assert.deepEqual(stackOf([['', 4, 100]]), [':4:10']);
    assert.deepEqual(
      stackOf([
        ['other', 1, 1, '8'],
        ['', 4, 100],
      ]),
      ['other:1:1', ':4:10'],
    );
  });
});
