import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { NO_STACK, type Profile, totalBytes } from '../../../../src/model/index.ts';
import { ProfileBuilder } from '../../../../src/profile/builder.ts';
import { buildFlameTree, type FlameTree, ROOT } from './tree.ts';
import { BOX_HEIGHT, boxAt, forEachBox, neighbour } from './view.ts';

type Samples = Readonly<Record<string, number>>;

/** `a;b` → bytes that b allocated when a called it. */
function profileOf(samples: Samples): Profile {
  const builder = new ProfileBuilder();
  for (const [stack, bytes] of Object.entries(samples)) {
    const frames = stack
      .split(';')
      .map((name) => builder.frame({ functionName: name, file: `/srv/${name}.js`, line: 1, column: 1 }));
    builder.addSample(builder.stackOf(frames), bytes, 1);
  }
  return builder.build({ counts: 'objects' });
}

/** The same, read off the boxes: `a;b` → bytes with all that lies under it. */
function boxesOf(tree: FlameTree): Record<string, number> {
  const names: string[] = [];
  return Object.fromEntries(
    Array.from(tree.bytes, (bytes, box) => {
      const name = tree.places[tree.place[box] as number]?.functionName ?? '';
      const above = names[tree.parent[box] as number];
      names[box] = above ? `${above};${name}` : name;
      return [names[box] || 'all', bytes];
    }),
  );
}

const stacks: fc.Arbitrary<Samples> = fc.dictionary(
  fc
    .array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 6 })
    .map((names) => names.join(';')),
  fc.integer({ min: 1, max: 1e6 }),
  { minKeys: 1, maxKeys: 30 },
);

describe('the flame graph', () => {
  it('gives each box what it allocated and what those it called did', () => {
    const tree = buildFlameTree({
      profile: profileOf({ a: 1, 'a;b': 2, 'a;b;c': 4, d: 8 }),
      inverted: false,
    });
    assert.deepEqual(boxesOf(tree), { all: 15, d: 8, a: 7, 'a;b': 6, 'a;b;c': 4 });
  });

  it('inverted, starts with who allocated and has the callers under it', () => {
    const tree = buildFlameTree({ profile: profileOf({ 'a;c': 2, 'b;c': 3 }), inverted: true });
    assert.deepEqual(boxesOf(tree), { all: 5, c: 5, 'c;b': 3, 'c;a': 2 });
  });

  it('has the size before beside the size now, for the same function in both', () => {
    const tree = buildFlameTree({
      profile: profileOf({ 'a;b': 5 }),
      before: profileOf({ 'a;b': 2, 'a;gone': 7 }),
      inverted: false,
    });
    assert.deepEqual(boxesOf(tree), { all: 5, a: 5, 'a;b': 5 });
    assert.deepEqual([...tree.beforeBytes], [9, 9, 2]);
  });

  it('lays siblings side by side within their parent, and every byte is there', () => {
    fc.assert(
      fc.property(stacks, fc.boolean(), (samples, inverted) => {
        const profile = profileOf(samples);
        const tree = buildFlameTree({ profile, inverted });
        assert.equal(tree.bytes[ROOT], totalBytes(profile));
        for (let box = 1; box < tree.bytes.length; box += 1) {
          const parent = tree.parent[box] as number;
          const [start, bytes] = [tree.start[box] as number, tree.bytes[box] as number];
          assert.ok(start >= (tree.start[parent] as number));
          assert.ok(start + bytes <= (tree.start[parent] as number) + (tree.bytes[parent] as number));
          const next = tree.end[box] as number;
          if (next < (tree.end[parent] as number)) assert.equal(tree.start[next], start + bytes);
        }
        assert.equal(NO_STACK, tree.parent[ROOT]);
      }),
    );
  });

  it('draws every box that is wide enough, and finds each where it is drawn', () => {
    fc.assert(
      fc.property(stacks, fc.nat(), (samples, seed) => {
        const tree = buildFlameTree({ profile: profileOf(samples), inverted: false });
        const focus = seed % tree.bytes.length;
        const width = 1000;
        forEachBox(tree, focus, width, ({ box, x, y, width: boxWidth }) => {
          assert.ok(x >= 0 && x + boxWidth <= width + 1e-6);
          assert.equal(boxAt(tree, focus, width, x + boxWidth / 2, y + BOX_HEIGHT / 2), box);
        });
      }),
    );
  });

  it('is walked by keys, there and back', () => {
    const tree = buildFlameTree({ profile: profileOf({ a: 5, 'b;c': 3 }), inverted: false });
    const step = (box: number, key: string) => neighbour(tree, box, key);
    assert.deepEqual([step(0, 'ArrowDown'), step(1, 'ArrowRight'), step(2, 'ArrowDown')], [1, 2, 3]);
    assert.deepEqual([step(3, 'ArrowUp'), step(2, 'ArrowLeft'), step(1, 'ArrowUp')], [2, 1, 0]);
    assert.deepEqual(
      [step(0, 'ArrowUp'), step(1, 'ArrowLeft'), step(2, 'ArrowRight'), step(3, 'x')],
      [undefined, undefined, undefined, undefined],
    );
  });
});
