import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ancestry, findHierarchy, groupPath } from './hierarchy.ts';

const hostRoot = (host: string): string =>
  join(import.meta.dirname, '../../../fixtures/hosts', host, 'sys/fs/cgroup');

describe('cgroup hierarchy', () => {
  let scratch = '';
  before(() => {
    scratch = mkdtempSync(join(tmpdir(), 'plimsoll-cgroup-'));
  });
  after(() => rmSync(scratch, { recursive: true }));

  it('tells the versions apart', () => {
    const [two, one] = [hostRoot('container-v2'), hostRoot('cgroup-v1')];
    assert.deepEqual(findHierarchy(two), { version: 2, root: two });
    assert.deepEqual(findHierarchy(one), { version: 1, root: join(one, 'memory') });
    assert.equal(findHierarchy('/nonexistent'), undefined);
  });

  it('finds the memory controller in version 2 beside version 1', () => {
    const unified = join(scratch, 'unified');
    mkdirSync(unified);
    writeFileSync(join(unified, 'cgroup.controllers'), 'memory pids\n');
    assert.deepEqual(findHierarchy(scratch), { version: 2, root: unified });
    writeFileSync(join(unified, 'cgroup.controllers'), '\n');
    assert.equal(findHierarchy(scratch), undefined);
  });

  it('finds the group of a path, by the hierarchy’s version', () => {
    const hierarchy = { version: 1, root: join(hostRoot('cgroup-v1'), 'memory') } as const;
    assert.equal(groupPath(hierarchy, { memoryPath: '/docker/app', unifiedPath: '/' }), '/docker/app');
    assert.equal(
      groupPath({ ...hierarchy, version: 2 }, { memoryPath: '/docker/app', unifiedPath: '/' }),
      '/',
    );
  });

  it('takes the root where the path cannot be seen', () => {
    const hierarchy = { version: 2, root: hostRoot('container-v2') } as const;
    for (const unifiedPath of ['/docker/of-the-host', '/../outside', '/kubepods.slice/..']) {
      assert.equal(groupPath(hierarchy, { unifiedPath }), '/', unifiedPath);
    }
    assert.equal(groupPath(hierarchy, {}), '/');
    assert.equal(groupPath(hierarchy, { unifiedPath: '/kubepods.slice/' }), '/kubepods.slice');
  });

  it('climbs to the root', () => {
    assert.deepEqual(ancestry('/a/b.slice/c'), ['/a/b.slice/c', '/a/b.slice', '/a', '/']);
    assert.deepEqual(ancestry('/'), ['/']);
  });
});
