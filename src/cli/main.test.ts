import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import manifest from '../../package.json' with { type: 'json' };
import { runForTest } from '../../test/cli/run-command.ts';
import { COMMANDS } from './commands.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-main-'));
after(() => rmSync(folder, { recursive: true }));

function configFile(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('the command line', () => {
  it('lists every command in its help', async () => {
    for (const option of ['--help', '-h', 'help']) {
      const { status, stdout } = await runForTest([option]);
      assert.equal(status, 0);
      for (const [name, { summary }] of Object.entries(COMMANDS))
        assert.match(stdout, new RegExp(`^  ${name} +${summary.replace(/[()]/g, '\\$&')}$`, 'm'));
    }
  });

  it('tells its version', async () => {
    assert.deepEqual(await runForTest(['--version']), {
      status: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  });

  it("shows a command's options and settings in its help, wherever --help stands", async () => {
    for (const argv of [
      ['config', '--help'],
      ['config', '--port', '1', '-h'],
    ]) {
      const { status, stdout } = await runForTest(argv);
      assert.equal(status, 0);
      assert.match(stdout, /^plimsoll config \[options\]/);
      assert.match(stdout, /--port N +port to listen on/);
      assert.match(stdout, /MEMORY_THRESHOLD +.* \(85\)$/m);
    }
  });

  it('answers a command line that makes no sense with one line and status 64', async () => {
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [['frobnicate'], /there is no command "frobnicate"; see plimsoll --help/],
      [['constructor'], /there is no command/],
      [['config', '--prot', '1'], /Unknown option '--prot'; see plimsoll config --help/],
      [['config', '--port'], /'--port <value>' argument missing; see/],
      [['config', '--json=1'], /--json' does not take an argument; see/],
      [['config', 'operand'], /usage: plimsoll config \[options\]; see/],
    ];
    for (const [argv, expected] of wrong) {
      const { status, stdout, stderr } = await runForTest(argv);
      assert.deepEqual([status, stdout], [64, '']);
      assert.match(stderr, /^plimsoll: \[USAGE\] [^\n]+\n$/);
      assert.match(stderr, expected);
    }
  });

  it('tells every wrong setting at once, each with its name, value and what is allowed', async () => {
    const file = configFile('wrong.json', '{"dedupWindow": -1, "colour": "red"}');
    const { status, stderr } = await runForTest(['config', '--port', '70000', '--config', file], {
      MEMORY_THRESHOLD: '101',
      ALERTING_ENABLED: 'perhaps',
    });
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^plimsoll: \[BAD_SETTINGS\] 5 settings are wrong: [^\n]+; correct them and start again\n$/,
    );
    for (const part of [
      'MEMORY_THRESHOLD=101 (allowed: a number above 0, at most 100 (%))',
      'ALERTING_ENABLED=perhaps (allowed: true or false)',
      'dedupWindow=-1 in the settings file',
      'colour=red in the settings file (allowed: no setting has this name)',
      '--port=70000 (allowed: a whole number of at least 0, at most 65535 (port))',
    ])
      assert.ok(stderr.includes(part), `${part} in ${stderr}`);
  });

  it('tells what is wrong with a settings file', async () => {
    const broken = await runForTest(['config', '--config', configFile('broken.json', '{"a":')]);
    assert.match(broken.stderr, /^plimsoll: \[CONFIG_FILE_INVALID\] .*broken\.json is not JSON: [^\n]+\n$/);
    const missing = await runForTest(['config', '--config', join(folder, 'none.json')]);
    assert.match(missing.stderr, /^plimsoll: \[CONFIG_FILE_UNREADABLE\] [^\n]*ENOENT[^\n]+\n$/);
    assert.deepEqual([broken.status, missing.status], [1, 1]);
  });

  it('never throws and never prints control characters from the command line', async () => {
    const words = fc.array(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('config', '--', '--json')),
    );
    await fc.assert(
      fc.asyncProperty(words, async (rest) => {
        const { status, stderr } = await runForTest(['config', '--no-store', ...rest]);
        assert.ok([0, 1, 64].includes(status));
        assert.doesNotMatch(stderr, /\p{Cc}(?=.)/su);
      }),
      { numRuns: 200 },
    );
  });
});
