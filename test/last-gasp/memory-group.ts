// A memory control group of version 1 with a limit, for programs that the kernel is to kill.
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bytes } from '../../src/units/index.ts';

const MEMORY_GROUPS = '/sys/fs/cgroup/memory';

export interface MemoryGroup {
  /** A process that writes its pid there moves itself into the group. */
  readonly processes: string;
  make(): void;
  remove(): void;
}

export function memoryGroup(name: string, limitBytes: Bytes): MemoryGroup {
  const path = join(MEMORY_GROUPS, `plimsoll-${name}-${process.pid}`);
  return {
    processes: join(path, 'cgroup.procs'),
    make() {
      mkdirSync(path);
      writeFileSync(join(path, 'memory.limit_in_bytes'), String(limitBytes));
    },
    remove: () => rmdirSync(path),
  };
}

/** Why no such group can be made; false when it can. */
export function cannotMakeGroups(group: MemoryGroup): string | false {
  try {
    group.make();
    group.remove();
    return false;
  } catch {
    return 'no version 1 memory group can be made here';
  }
}
