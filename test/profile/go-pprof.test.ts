// Our pprof files in `go tool pprof`, which people open them with: what it shows has to be what the profile says, function by
// function. Debian's Go takes half a gigabyte, so nobody has it installed for this alone.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { type Profile, totalBytes } from '../../src/model/index.ts';
import { readProfile, writeProfile } from '../../src/profile/index.ts';
import { samplesOf } from './arbitrary-profile.ts';

const GO = '/usr/bin/go';
const FIXTURES = join(import.meta.dirname, '../../fixtures/profiles');

/** What each function itself holds, as the profile says. */
function namedBytes(profile: Profile): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { stack, bytes } of samplesOf(profile)) {
    const name = stack.at(-1)?.functionName ?? '';
    // Those without a name are called differently by everyone.
    if (/^\w/.test(name) && bytes > 0) sums[name] = (sums[name] ?? 0) + bytes;
  }
  return sums;
}

/** `flat flat% sum% cum cum% name` */
const ROW = /^\s*(\d+)B\s+\S+%\s+\S+%\s+\d+B?\s+\S+%\s+(.+)$/;

function shownBytes(text: string): Readonly<Record<string, number>> {
  const rows = text.split('\n').flatMap((line) => {
    const [, bytes, name = ''] = ROW.exec(line) ?? [];
    return Number(bytes) > 0 ? [[name.trim(), Number(bytes)] as const] : [];
  });
  return Object.fromEntries(rows);
}

describe('our pprof in go tool pprof', { skip: existsSync(GO) ? false : `${GO} is not installed` }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-go-'));
  after(() => rmSync(folder, { recursive: true }));

  for (const name of ['inspector.heapprofile', 'datadog.pprof'])
    it(`is what ${name} says`, () => {
      const profile = readProfile(readFileSync(join(FIXTURES, name)));
      const file = join(folder, `${name}.pprof.gz`);
      writeFileSync(file, writeProfile(profile, 'pprof'));
      const options = ['-top', '-unit=B', '-nodecount=1000', '-nodefraction=0', '-sample_index=inuse_space'];
      const text = execFileSync(GO, ['tool', 'pprof', ...options, file], {
        encoding: 'utf8',
        env: { ...process.env, HOME: folder },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      assert.match(text, new RegExp(`of ${totalBytes(profile)}B total`));
      const named = namedBytes(profile);
      assert.ok(Object.keys(named).length >= 3);
      assert.partialDeepStrictEqual(shownBytes(text), named);
    });
});
