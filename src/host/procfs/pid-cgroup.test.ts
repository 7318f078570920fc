import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertParsesOrRefuses } from '../../../test/host/kernel-text.ts';
import { parsePidCgroup, readOwnCgroup } from './pid-cgroup.ts';

const HYBRID =
  '4:memory:/docker/app\n3:cpu,cpuacct:/docker/app\n1:name=systemd:/init.scope\n0::/init.scope\n';

describe('pid cgroup', () => {
  it('reads version 2', () => {
    assert.deepEqual(parsePidCgroup('0::/system.slice/app.service\n'), {
      unifiedPath: '/system.slice/app.service',
    });
  });

  it('reads version 1 and both side by side', () => {
    assert.deepEqual(parsePidCgroup('2:hugetlb,memory:/a:b\n'), { memoryPath: '/a:b' });
    assert.deepEqual(parsePidCgroup(HYBRID), { unifiedPath: '/init.scope', memoryPath: '/docker/app' });
  });

  it('finds nothing where no memory controller is', () => {
    assert.deepEqual(parsePidCgroup('1:cpu:/\n'), {});
    assert.equal(readOwnCgroup('/nonexistent'), undefined);
  });

  it('refuses anything else', () => {
    for (const text of ['memory\n', '1:memory\n', '1:memory:relative\n', 'x:memory:/\n']) {
      assert.throws(
        () => parsePidCgroup(text),
        { code: 'KERNEL_FILE_MALFORMED', file: '[pid]/cgroup' },
        text,
      );
    }
  });

  it('parses or refuses', () => {
    assertParsesOrRefuses(HYBRID, parsePidCgroup);
  });
});
