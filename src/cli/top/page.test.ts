import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostWith, memoryWith, rowWith, THREE_ROWS } from '../../../test/cli/top-samples.ts';
import { painter } from '../output.ts';
import { displayWidth } from '../text-width.ts';
import { paintLine } from './line.ts';
import { type Page, pageLines, screenLines } from './page.ts';
import { FIRST_VIEW } from './view.ts';

const page: Page = {
  hostName: 'host-7',
  host: hostWith(memoryWith(61, { cached: 20, buffers: 5 })),
  rows: THREE_ROWS,
  thresholdPercent: 85,
  view: FIRST_VIEW,
};

const plain = (lines: ReturnType<typeof pageLines>, width?: number) =>
  lines.map((line) => paintLine(line, painter(false), width).trimEnd());

describe('the page of top', () => {
  it('shows the host, then the processes', () => {
    assert.deepEqual(plain(pageLines(page, 48)), [
      'Plimsoll  host-7  22:13:20 UTC',
      ' 61.0 % ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒░░⊖',
      '▓ used 61.0 GiB of 100 GiB  ▒ cached 20.0 GiB  ░ buffers 5.00 GiB  ⊖ 85 %',
      'swap 256 MiB of 2.00 GiB · 3 processes',
      '',
      '    PID  NAME                       RSS▼         GROWTH      CPU %  COMMAND',
      '   4211  node                    812 MiB    +38.0 MiB/h  ↗   104.5  node src/server.ts',
      '    990  postgres                402 MiB          0 B/h  →     0.3  /usr/bin/postgres',
      '      7  backup                 12.0 MiB    -5.00 MiB/h  ↘     3.0  /usr/bin/backup',
    ]);
  });

  it('says how bad a breach is, in words and not by colour alone', () => {
    const breached = { ...page, host: hostWith(memoryWith(96)) };
    assert.match(plain(pageLines(breached, 60)).join('\n'), /█ *\n.*⊖ 85 % {2}■ high/);
  });

  it('says so when there is no memory to read, and still lists the processes', () => {
    const blind = { ...page, host: { atSeconds: 0, collectors: [] } };
    assert.deepEqual(plain(pageLines(blind, 60)).slice(1, 3), ['memory: nothing to read', '3 processes']);
  });

  it('fills the screen exactly, whatever its size, with the keys at the bottom', () => {
    for (const [columns, rows] of [
      [80, 24],
      [40, 8],
      [200, 60],
      [1, 1],
    ] as const) {
      const lines = plain(screenLines(page, columns, rows), columns);
      assert.equal(lines.length, rows);
      for (const line of lines) assert.ok(displayWidth(line) <= columns, line);
      if (columns > 5) assert.match(lines.at(-1) ?? '', /^sort: /);
    }
  });

  it('lets no process steer the terminal by its name', () => {
    const hostile = { ...page, rows: [rowWith(5, '\u001b[2Jowned\n', { command: 'a\rb\u0007' })] };
    const text = plain(pageLines(hostile, 60)).join('');
    assert.doesNotMatch(text, /\p{Cc}/u);
    assert.match(text, /\?\[2Jowned\?/);
  });

  it('shows what is typed into the filter, and the filter in force', () => {
    const foot = (view: Page['view']) => plain(screenLines({ ...page, view }, 120, 20)).at(-1);
    assert.equal(foot({ ...FIRST_VIEW, filter: 'no', typing: true }), '/no');
    assert.match(foot({ ...FIRST_VIEW, filter: 'no' }) ?? '', /filter: no \(Esc clears\)$/);
  });
});
