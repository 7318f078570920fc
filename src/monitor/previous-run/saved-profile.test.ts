import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createPackageVersions, createPositionResolver, keepSites } from '../../heap/index.ts';
import { allocationSites } from '../../profile/index.ts';
import { runFiles } from './run-files.ts';
import { readSavedProfile } from './saved-profile.ts';

const knowledge = { positions: createPositionResolver(), packages: createPackageVersions() };

const node = (name: string, [line, column]: readonly [number, number], children: readonly object[] = []) => ({
  name,
  scriptName: '/srv/orders.js',
  scriptId: 7,
  lineNumber: line,
  columnNumber: column,
  children,
  allocations: [] as object[],
});

/** What V8 writes at the limit: an expression of `remember` has a function of its own. */
const TREE = {
  ...node('(root)', [0, 0]),
  children: [
    node('remember', [2, 18], [{ ...node('', [2, 40]), allocations: [{ sizeBytes: 1000, count: 3 }] }]),
  ],
};

function filesWithTree(): ReturnType<typeof runFiles> {
  const files = runFiles(mkdtempSync(join(tmpdir(), 'plimsoll-saved-')), 'run');
  writeFileSync(files.exportedProfile, JSON.stringify(TREE));
  return files;
}

describe('the profile of a full heap', () => {
  const largestSite = (files: ReturnType<typeof runFiles>) => {
    const saved = readSavedProfile(files, {}, knowledge);
    assert.equal(saved?.exported, true);
    const [site] = allocationSites(saved.profile);
    return [site?.functionName, site?.line, site?.column, site?.liveBytes, site?.count];
  };

  it('is as V8 wrote it', () =>
    assert.deepEqual(largestSite(filesWithTree()), ['(anonymous)', 2, 40, 3000, 3]));

  it('tells the expression where precise mode has kept its sites', () => {
    const files = filesWithTree();
    const places = { text: new Int32Array(), sites: Int32Array.of(1, 39, 27) };
    keepSites(files.preciseSites, {
      kind: 'rewritten',
      url: 'file:///srv/orders.js',
      path: '/srv/orders.js',
      places,
    });
    assert.deepEqual(largestSite(files), ['remember', 2, 28, 3000, 3]);
  });

  it('is none where there is no file', () => {
    assert.equal(readSavedProfile(runFiles('/nonexistent', 'run'), {}, knowledge), undefined);
  });
});
