import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createPositionResolver, type PositionResolver } from '../../heap/index.ts';
import type { Profile } from '../../model/index.ts';
import { ProfileBuilder } from '../../profile/index.ts';
import { excerptAt } from './source-excerpt.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-excerpt-'));
after(() => rmSync(folder, { recursive: true }));
const orders = join(folder, 'orders.ts');
const secrets = join(folder, 'secrets.ts');
writeFileSync(orders, 'const kept = [];\nfunction remember(order) {\n  kept.push(order);\n}\n');
writeFileSync(secrets, "export const password = 'sesame';\n");

function profileWith(...places: readonly (readonly [file: string, line: number])[]): Profile {
  const builder = new ProfileBuilder();
  for (const [file, line] of places) {
    const frame = builder.frame({ functionName: 'remember', file, line, column: 1 });
    builder.addSample(builder.stackOf([frame]), 1024, 1);
  }
  return builder.build({ counts: 'objects' });
}

const positions = createPositionResolver();

describe('an excerpt of the source', () => {
  it('is read from the disk, where the code runs as it was written', () => {
    for (const name of [orders, pathToFileURL(orders).href]) {
      const excerpt = excerptAt(profileWith([name, 2]), { file: orders, line: 2 }, positions);
      assert.deepEqual([excerpt?.firstLine, excerpt?.lines[1]], [1, 'function remember(order) {']);
    }
  });

  it('comes out of the source map first', () => {
    const mapped: PositionResolver = { ...positions, sourceText: () => 'as it was built' };
    assert.deepEqual(excerptAt(profileWith([orders, 1]), { file: orders, line: 1 }, mapped)?.lines, [
      'as it was built',
    ]);
  });

  it('is none of a file or a line that no frame is in, however it is written', () => {
    const profile = profileWith([orders, 2]);
    for (const file of [
      secrets,
      `${folder}/./orders.ts`,
      `${orders}/../secrets.ts`,
      '/etc/passwd',
      '../../etc/passwd',
      pathToFileURL(secrets).href,
    ])
      assert.equal(excerptAt(profile, { file, line: 2 }, positions), undefined, file);
    assert.equal(excerptAt(profile, { file: orders, line: 3 }, positions), undefined);
  });

  it('is none where a frame names what is no code', () => {
    const profile = profileWith(['/etc/passwd', 1], ['node:internal/fs', 1]);
    for (const file of ['/etc/passwd', 'node:internal/fs'])
      assert.equal(excerptAt(profile, { file, line: 1 }, positions), undefined);
  });
});
