// Every metric there is, in the order of the exposition and of docs/metrics.md.
import { CGROUP_FAMILIES } from './families/cgroup.ts';
import { HEAP_FAMILIES } from './families/heap.ts';
import { HOST_FAMILIES } from './families/host.ts';
import { LEAK_FAMILIES } from './families/leak.ts';
import { MONITOR_FAMILIES } from './families/monitor.ts';
import { PROCESS_FAMILIES } from './families/process.ts';
import { ALERT_FAMILIES, SERVICE_FAMILIES } from './families/service.ts';
import { WORKER_FAMILIES } from './families/workers.ts';
import type { Family, FamilyGroup } from './family.ts';

/** The prefix of the seed's dashboards and rules. */
export const DEFAULT_PREFIX = 'vertex_ar_';

export const FAMILY_GROUPS: readonly FamilyGroup[] = [
  { title: 'Host memory', families: HOST_FAMILIES },
  { title: 'Cgroup', families: CGROUP_FAMILIES },
  { title: 'Processes', families: PROCESS_FAMILIES },
  { title: 'V8 heap', families: HEAP_FAMILIES },
  { title: 'Worker threads', families: WORKER_FAMILIES },
  { title: 'Growth and allocation', families: LEAK_FAMILIES },
  { title: 'Alerts', families: ALERT_FAMILIES },
  { title: 'Requests and queries', families: SERVICE_FAMILIES },
  { title: 'The monitor itself', families: MONITOR_FAMILIES },
];

export const FAMILIES: readonly Family[] = FAMILY_GROUPS.flatMap(({ families }) => families);
