// The command as a process: exit statuses, a reader that leaves, a Node.js that is too old.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

const runMain = join(import.meta.dirname, 'run-main.ts');
const bin = join(import.meta.dirname, '../../bin/plimsoll.js');
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-process-'));
after(() => rmSync(folder, { recursive: true }));

const run = (...args: readonly string[]) => spawnSync(process.execPath, args, { encoding: 'utf8' });

describe('the command as a process', () => {
  it('exits with the status of what happened, one line on stderr', () => {
    const unknown = run(runMain, 'frobnicate');
    assert.deepEqual([unknown.status, unknown.stdout], [64, '']);
    assert.match(unknown.stderr, /^plimsoll: \[USAGE\] [^\n]+\n$/);
    const failed = run(runMain, 'config', '--config', join(folder, 'none.json'));
    assert.deepEqual([failed.status, failed.stdout], [1, '']);
    assert.match(failed.stderr, /^plimsoll: \[CONFIG_FILE_UNREADABLE\] [^\n]+\n$/);
  });

  it('ends quietly when its reader has left', async () => {
    const command = spawn(process.execPath, [runMain, 'rules'], { stdio: ['ignore', 'pipe', 'pipe'] });
    command.stdout.destroy();
    let stderr = '';
    command.stderr.on('data', (data) => {
      stderr += data;
    });
    const [code, signal] = await once(command, 'close');
    assert.deepEqual([code, signal, stderr], [0, null, '']);
  });

  it('has no colours where the output is not a terminal', () => {
    const { stdout } = run(runMain, 'top', '--once');
    assert.match(stdout, /^Plimsoll/);
    assert.ok(!stdout.includes('\u001b'));
  });

  it('says in one line that a Node.js is too old', () => {
    for (const version of ['20.19.0', '22.17.1']) {
      const pretend = join(folder, `${version}.cjs`);
      writeFileSync(pretend, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
      const { status, stdout, stderr } = run('--require', pretend, bin);
      assert.deepEqual([status, stdout], [1, '']);
      assert.match(stderr, new RegExp(`^plimsoll: \\[NODE_TOO_OLD\\] [^\n]*${version}[^\n]*\n$`));
    }
  });
});
