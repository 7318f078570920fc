// `plimsoll top` in a real terminal: tmux runs it and tells what is on the screen.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { skipWithout } from '../programs.ts';

const TMUX = '/usr/bin/tmux';
const runCommand = join(import.meta.dirname, 'run-main.ts');
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-top-'));

function tmux(...args: readonly string[]): string {
  return execFileSync(TMUX, ['-f', '/dev/null', '-S', join(folder, 'socket'), ...args], { encoding: 'utf8' });
}

const screen = () => tmux('capture-pane', '-p', '-t', 'top');
const type = (...keys: readonly string[]) => tmux('send-keys', '-t', 'top', ...keys);

/** Waits until the screen shows it; the machine may be slow. */
async function shows(expected: RegExp): Promise<string> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const text = screen();
    if (expected.test(text)) return text;
    await sleep(100);
  }
  return assert.fail(`${expected} is not on the screen:\n${screen()}`);
}

describe('plimsoll top in a terminal', { skip: skipWithout(TMUX) }, () => {
  before(() => {
    tmux('new-session', '-d', '-s', 'top', '-x', '200', '-y', '20', 'env PS1=prompt: sh');
  });
  after(() => {
    tmux('kill-server');
    rmSync(folder, { recursive: true });
  });

  it('shows the table, obeys keys and size, and gives the screen back', async () => {
    await shows(/prompt:/);
    type('echo before', 'Enter');
    type(`${process.execPath} ${runCommand} top --interval 0.5`, 'Enter');
    const first = await shows(/RSS▼.*[\s\S]*sort: r RSS/);
    assert.doesNotMatch(first, /before/);
    assert.match(first, /⊖ 85 %/);
    type('p');
    await shows(/PID▼/);
    type('/', 'run-main');
    const filtered = await shows(/\/run-main/);
    assert.match(filtered, /top --interval 0\.5/);
    type('Enter');
    await shows(/filter: run-main/);
    tmux('resize-window', '-t', 'top', '-x', '60', '-y', '12');
    const small = await shows(/sort: r RSS +g growth/);
    assert.equal(small.trimEnd().split('\n').length, 12);
    type('q');
    const back = await shows(/before[\s\S]*prompt:\s*$/);
    assert.doesNotMatch(back, /RSS▼/);
  });

  it('gives the screen back when it is terminated', async () => {
    type('clear; echo again', 'Enter');
    await shows(/again/);
    type(`${process.execPath} ${runCommand} top`, 'Enter');
    await shows(/RSS▼/);
    const { pid } = JSON.parse(tmux('list-panes', '-t', 'top', '-F', '{"pid":#{pane_pid}}'));
    execFileSync('pkill', ['-TERM', '-P', String(pid)]);
    await shows(/again[\s\S]*prompt:\s*$/);
  });
});
