import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { createPackageVersions, createPositionResolver } from '../../heap/index.ts';
import { underRoot } from './other-root.ts';

const root = mkdtempSync(join(tmpdir(), 'plimsoll-root-'));
after(() => rmSync(root, { recursive: true }));

mkdirSync(join(root, 'app/node_modules/left'), { recursive: true });
writeFileSync(join(root, 'app/node_modules/left/package.json'), '{ "version": "1.2.3" }');
writeFileSync(join(root, 'app/main.js'), 'function a(){}\n//# sourceMappingURL=main.js.map\n');
// Line 1, column 1 is line 5, column 1 of the source.
writeFileSync(
  join(root, 'app/main.js.map'),
  '{ "version": 3, "sources": ["main.ts"], "names": [], "mappings": "AAIA" }',
);

const { positions, packages } = underRoot(root, {
  positions: createPositionResolver(),
  packages: createPackageVersions(),
});

describe('the files of a process with a root of its own', () => {
  it('are read there, and called what the process calls them', () => {
    const at = (file: string) => ({ functionName: 'a', file, line: 1, column: 1 });
    const mapped = { functionName: 'a', file: '/app/main.ts', line: 5, column: 1 };
    assert.deepEqual(positions.resolve([at('/app/main.js'), at('file:///app/main.js')]), [mapped, mapped]);
    assert.equal(packages.versionOf('/app/node_modules/left/index.js', 'left'), '1.2.3');
  });

  it('keep their names where there is nothing to read', () => {
    const unknown = ['/app/none.js', 'node:internal/timers', ''].map((file) => ({
      functionName: 'b',
      file,
      line: 1,
      column: 1,
    }));
    assert.deepEqual(positions.resolve(unknown), unknown);
  });
});
