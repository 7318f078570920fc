import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alignColumns, painter, printable } from './output.ts';

describe('alignColumns', () => {
  it('makes columns as wide as their widest cell, whatever its script and colour', () => {
    const paint = painter(true);
    assert.equal(
      alignColumns(
        [
          ['name', 'RSS', 'command'],
          [paint('red', 'postgres'), '9', '/usr/bin/postgres'],
          ['日本', '1024', 'x'],
        ],
        ['left', 'right', 'left'],
      ),
      [
        'name       RSS  command',
        '\u001b[31mpostgres\u001b[0m     9  /usr/bin/postgres',
        '日本      1024  x',
      ].join('\n'),
    );
  });

  it('leaves no blanks at the end of a line', () => {
    assert.equal(
      alignColumns([
        ['a', ''],
        ['bb', 'c'],
      ]),
      'a\nbb  c',
    );
  });
});

describe('printable', () => {
  it('keeps text and drops what steers a terminal', () => {
    assert.equal(printable('né 日本 😀'), 'né 日本 😀');
    assert.equal(printable('a\u001b[2Jb\nc\u009bd\u202ee'), 'a?[2Jb?c?d?e');
  });
});

describe('painter', () => {
  it('paints nothing without colours', () => {
    assert.equal(painter(false)('red', 'text'), 'text');
  });
});
