import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ProfileBuilder } from './builder.ts';
import { allocationSites, diffSites } from './diff.ts';
import { withPackageVersions } from './package-versions.ts';

it('names packages with the versions that are found', () => {
  const builder = new ProfileBuilder();
  for (const file of ['/srv/a.js', '/srv/node_modules/p/i.js', '/srv/node_modules/q/i.js']) {
    const frame = builder.frame({ functionName: 'f', file, line: 1, column: 1 });
    builder.addSample(builder.stackOf([frame]), 10, 1);
  }
  const profile = builder.build({ counts: 'objects' });
  const asked: string[] = [];
  const versioned = withPackageVersions(profile, (path) => {
    asked.push(path);
    return path.includes('/p/') ? '1.2.3' : undefined;
  });
  assert.deepEqual(asked, ['/srv/node_modules/p/i.js', '/srv/node_modules/q/i.js']);
  assert.deepEqual(
    diffSites(versioned, versioned, 'package').sites.map(({ places }) => places[0]?.file),
    ['(application)', 'p@1.2.3', 'q'],
  );
  assert.deepEqual(allocationSites(versioned), allocationSites(profile));
});
