import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { runForTest } from '../../test/cli/run-command.ts';
import { ProfileBuilder, writeProfile } from '../profile/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-diff-'));
after(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function profile(rememberBytes: number, parseBytes: number) {
  const builder = new ProfileBuilder();
  const frame = (functionName: string, file: string, line: number) =>
    builder.frame({ functionName, file, line, column: line === 0 ? 0 : 3 });
  const main = frame('main', 'file:///srv/server.ts', 1);
  builder.addSample(builder.stackOf([main, frame('remember', '/srv/orders.ts', 41)]), rememberBytes, 2);
  builder.addSample(builder.stackOf([main, frame('parse', '/srv/node_modules/p/i.js', 7)]), parseBytes, 1);
  builder.addSample(builder.stackOf([frame('(external)', '', 0)]), 2048, 1);
  return builder.build({ counts: 'objects', atSeconds: rememberBytes });
}

const MIB = 1024 ** 2;
const before = write('before.pprof', writeProfile(profile(MIB, 3 * MIB), 'pprof'));
const later = write('after.heapprofile', writeProfile(profile(9 * MIB, 2 * MIB), 'heapprofile'));

describe('plimsoll diff', () => {
  it('shows what grew, the most grown first', async () => {
    const { status, stdout, stderr } = await runForTest(['diff', before, later]);
    assert.deepEqual([status, stderr], [0, '']);
    assert.equal(
      stdout,
      `before  4.00 MiB live  ${before}
after   11.0 MiB live  ${later}
growth  +7.00 MiB: +8.00 MiB and -1.00 MiB

   GROWTH  SHARE    BEFORE     AFTER  SITE
+8.00 MiB  100 %  1.00 MiB  9.00 MiB  remember  /srv/orders.ts:41:3
      0 B         2.00 KiB  2.00 KiB  (external)
-1.00 MiB         3.00 MiB  2.00 MiB  parse  /srv/node_modules/p/i.js:7:3

(external): the sum of what lies off V8's heap (Buffers, ArrayBuffers, native modules); the sampler cannot say whose
`,
    );
  });

  it('answers in JSON', async () => {
    const { stdout } = await runForTest(['diff', '--json', '--top', '1', before, later]);
    assert.deepEqual(JSON.parse(stdout), {
      before,
      after: later,
      key: 'site',
      before_bytes: 4 * MIB + 2048,
      after_bytes: 11 * MIB + 2048,
      grown_bytes: 8 * MIB,
      shrunk_bytes: -MIB,
      site_count: 3,
      sites: [
        {
          function: 'remember',
          file: '/srv/orders.ts',
          line: 41,
          column: 3,
          before_bytes: MIB,
          after_bytes: 9 * MIB,
          growth_bytes: 8 * MIB,
          share: 1,
          before_count: 2,
          after_count: 2,
        },
      ],
      cautions: [],
    });
  });

  it('groups by package and by stack, and tells what it leaves out', async () => {
    const byPackage = await runForTest(['diff', '--key', 'package', before, later]);
    assert.match(byPackage.stdout, /\+8\.00 MiB .* \(application\)\n/);
    assert.match(byPackage.stdout, /-1\.00 MiB .* p\n/);
    const byStack = await runForTest(['diff', '--key=traceback', '--top=1', before, later]);
    assert.match(
      byStack.stdout,
      /remember {2}\/srv\/orders\.ts:41:3\n +from main {2}\/srv\/server\.ts:1:3\n/,
    );
    assert.match(byStack.stdout, /and 2 more; --top shows them/);
  });

  it('warns of a comparison that misleads', async () => {
    const { stdout } = await runForTest(['diff', later, before]);
    assert.match(stdout, /caution: the first profile is the later one/);
  });

  it('keeps control characters of a profile from the terminal', async () => {
    const evil = write('evil.folded', '\u009b31mred 100\n');
    const { stdout } = await runForTest(['diff', before, evil]);
    assert.ok(!stdout.includes('\u009b'));
    assert.match(stdout, /\?31mred/);
  });

  it('says which file is wrong, and how', async () => {
    const dump = write('a.heapsnapshot', '{"snapshot":{"meta":{}}}');
    const text = write('a.txt', 'hello');
    const refusals: readonly (readonly [path: string, code: string])[] = [
      [dump, 'HEAP_DUMP_NOT_SUPPORTED'],
      [text, 'PROFILE_UNRECOGNISED'],
      [join(folder, 'absent'), 'PROFILE_UNREADABLE'],
      [folder, 'PROFILE_UNREADABLE'],
    ];
    for (const [path, code] of refusals) {
      const { status, stderr, stdout } = await runForTest(['diff', before, path]);
      assert.deepEqual([status, stdout], [1, '']);
      assert.match(stderr, new RegExp(`^plimsoll: \\[${code}\\] .*\\n$`));
      assert.ok(stderr.includes(path));
    }
  });

  it('says the same of large profiles, which are read side by side', async () => {
    // Two hundred thousand stacks of some 40 bytes each.
    const stacks = (bytes: number) =>
      Array.from({ length: 2e5 }, (_, i) => `main (/srv/a.ts:1:1);f${i} (/srv/f.ts:${i + 1}:1) ${bytes}\n`);
    const small = write('large-before.folded', stacks(10).join(''));
    const large = write('large-after.folded', stacks(12).join(''));
    const { stdout, stderr, status } = await runForTest(['diff', '--json', '--top=2', small, large]);
    assert.deepEqual([status, stderr], [0, '']);
    const { grown_bytes, site_count, sites } = JSON.parse(stdout);
    assert.deepEqual([grown_bytes, site_count], [4e5, 2e5]);
    assert.deepEqual(
      sites.map((site: { growth_bytes: number; file: string }) => [site.growth_bytes, site.file]),
      [
        [2, '/srv/f.ts'],
        [2, '/srv/f.ts'],
      ],
    );
    const broken = write('broken.folded', `${stacks(10).join('')}hello\n`);
    for (const pair of [
      [large, broken],
      [broken, large],
    ]) {
      const refused = await runForTest(['diff', ...pair]);
      assert.equal(refused.status, 1);
      assert.match(refused.stderr, /^plimsoll: \[PROFILE_\w+\] .*broken\.folded.*\n$/);
    }
  });

  it('refuses options that make no sense', async () => {
    for (const option of ['--key=age', '--top=0', '--top=1.5', '--top=many', '--colour'])
      assert.equal((await runForTest(['diff', option, before, later])).status, 64, option);
    assert.equal((await runForTest(['diff', before])).status, 64);
  });
});
