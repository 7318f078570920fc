// The working set: what a group uses less the file pages it has not touched lately, which the kernel drops first.
import type { Bytes } from '../../units/index.ts';

/** As cAdvisor and the kubelet count it. The two figures are read apart, so the difference can come out below 0. */
export function workingSet(usage: Bytes | undefined, inactiveFile: Bytes | undefined): Bytes | undefined {
  return usage === undefined || inactiveFile === undefined ? undefined : Math.max(0, usage - inactiveFile);
}
