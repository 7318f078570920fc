import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { rowWith, THREE_ROWS } from '../../../test/cli/top-samples.ts';
import { arrange, FIRST_VIEW, pressAll, type View } from './view.ts';

const press = (view: View, ...reads: readonly string[]): View | 'quit' =>
  reads.reduce((seen: View | 'quit', keys) => (seen === 'quit' ? seen : pressAll(seen, keys)), view);

const names = (view: View | 'quit') =>
  view === 'quit' ? view : arrange(THREE_ROWS, view).map(({ name }) => name);

describe('the keys of top', () => {
  it('sort, largest first, and names and pids in rising order', () => {
    assert.deepEqual(names(FIRST_VIEW), ['node', 'postgres', 'backup']);
    assert.deepEqual(names(press(FIRST_VIEW, 'c')), ['node', 'backup', 'postgres']);
    assert.deepEqual(names(press(FIRST_VIEW, 'g')), ['node', 'postgres', 'backup']);
    assert.deepEqual(names(press(FIRST_VIEW, 'n')), ['backup', 'node', 'postgres']);
    assert.deepEqual(names(press(FIRST_VIEW, 'p')), ['backup', 'postgres', 'node']);
    assert.deepEqual(names(press(FIRST_VIEW, 'p', 'R')), ['node', 'postgres', 'backup']);
    assert.deepEqual(names(press(FIRST_VIEW, 'R', 'R', 'c', 'r')), ['node', 'postgres', 'backup']);
  });

  it('filter by name, command or pid, whatever the case', () => {
    assert.deepEqual(names(press(FIRST_VIEW, '/', 'POST\r')), ['postgres']);
    assert.deepEqual(names(press(FIRST_VIEW, '/', 'server.ts')), ['node']);
    assert.deepEqual(names(press(FIRST_VIEW, '/', '42')), ['node']);
    assert.deepEqual(names(press(FIRST_VIEW, '/', 'postx\u007f\r')), ['postgres']);
    assert.deepEqual(names(press(FIRST_VIEW, '/', 'post', '\u001b')), ['node', 'postgres', 'backup']);
  });

  it('go to the filter while it is being typed', () => {
    assert.deepEqual(press(FIRST_VIEW, '/q'), { ...FIRST_VIEW, filter: 'q', typing: true });
    assert.deepEqual(press(FIRST_VIEW, '/q\rc'), { ...FIRST_VIEW, filter: 'q', sort: 'cpu' });
  });

  it('quit by q and by Ctrl-C, the latter also while typing', () => {
    assert.equal(press(FIRST_VIEW, 'q'), 'quit');
    assert.equal(press(FIRST_VIEW, 'c\u0003'), 'quit');
    assert.equal(press(FIRST_VIEW, '/', 'ab\u0003'), 'quit');
  });

  it('ignore special keys', () => {
    assert.deepEqual(press(FIRST_VIEW, '\u001b[A', '\u001bOP'), FIRST_VIEW);
    assert.deepEqual(press(FIRST_VIEW, '/', '\u001b[D'), { ...FIRST_VIEW, typing: true });
  });

  it('never put a control character into the filter, nor let it grow without bound', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 300 })), (reads) => {
        const view = press(FIRST_VIEW, '/', ...reads);
        if (view === 'quit') return;
        assert.doesNotMatch(view.filter, /\p{Cc}/u);
        assert.ok(view.filter.length <= 201);
      }),
    );
  });
});

describe('the order of rows', () => {
  it('is by pid where the figures are equal, and loses no row', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(1000)),
        fc.constantFrom('rss', 'cpu', 'growth', 'name', 'pid') as fc.Arbitrary<View['sort']>,
        (pids, sort) => {
          const rows = pids.map((pid) => rowWith(pid, 'same'));
          assert.deepEqual(
            arrange(rows, { ...FIRST_VIEW, sort }).map(({ pid }) => pid),
            pids.toSorted((a, b) => a - b),
          );
        },
      ),
    );
  });
});
