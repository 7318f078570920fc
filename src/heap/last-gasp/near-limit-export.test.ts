import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { exportCommand } from './export-command.ts';
import { armNearLimitExport } from './near-limit-export.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-export-'));
after(() => rmSync(folder, { recursive: true }));

describe('the command of the near-limit export', () => {
  it('keeps the file that it is given, whole, whatever the folder is called', () => {
    const [profile, kept] = [join(folder, 'heap_profile_a'), join(folder, `a "quoted" $HOME 'name'.json`)];
    writeFileSync(profile, '{"name":"(root)"}', { mode: 0o600 });
    const [shell = '', ...args] = exportCommand(kept) ?? [];
    execFileSync(shell, [...args, profile]);
    assert.equal(readFileSync(kept, 'utf8'), '{"name":"(root)"}');
    assert.equal(readdirSync(folder).length, 2, 'nothing partial is left');
  });

  it('is none where there is no shell', () => {
    assert.equal(exportCommand('/x', join(folder, 'no-shell')), undefined);
  });
});

describe('arming the near-limit export', () => {
  const arm = (nodeFlags: readonly string[], isOurs = true) => {
    const commands: (readonly string[])[] = [];
    const sampler = isOurs ? { exportNearLimit: (command: readonly string[]) => commands.push(command) } : {};
    const outcome = armNearLimitExport({ sampler, nodeFlags, file: '/data/runs/a.json' });
    return { kind: outcome.kind, commands: commands.length };
  };

  it('is done once for a sampler of our own', () => {
    assert.deepEqual(arm(['--max-old-space-size=64']), { kind: 'armed', commands: 1 });
  });

  it("is not done over somebody else's sampler, nor over another user of V8's callback", () => {
    assert.deepEqual(arm([], false), { kind: 'not-armed', commands: 0 });
    for (const flag of ['--heapsnapshot-near-heap-limit=2', '--heapsnapshot_near_heap_limit'])
      assert.deepEqual(arm([flag]), { kind: 'not-armed', commands: 0 });
  });
});
