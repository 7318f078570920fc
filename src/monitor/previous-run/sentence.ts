// The death of a process in a sentence: `died at 497 of 512 MiB; 71 % of the growth: src/orders.ts:41 remember`.
import type { SiteGrowth } from '../../leak/index.ts';
import { type DeathCause, placeFrom } from '../../model/index.ts';
import { type Bytes, formatBytes, MIB } from '../../units/index.ts';
import type { GrownParts } from './what-grew.ts';

/** An absent field is not known. */
export interface Death {
  readonly cause: DeathCause;
  readonly heapUsedBytes?: Bytes;
  readonly heapLimitBytes: Bytes;
  readonly rssBytes?: Bytes;
  readonly cgroupLimitBytes?: Bytes;
  readonly parts?: GrownParts;
  readonly sites: readonly SiteGrowth[];
}

/** Without its subject. `folder`: paths below it are shown from there. */
export function deathSentence(death: Death, folder: string = process.cwd()): string {
  const growth = siteClause(death, folder) ?? partClause(death.parts);
  return growth === undefined ? fate(death) : `${fate(death)}; ${growth}`;
}

function fate({ cause, heapUsedBytes, heapLimitBytes, rssBytes, cgroupLimitBytes }: Death): string {
  switch (cause) {
    case 'heap-limit':
      return `died at ${ofLimit(heapUsedBytes, heapLimitBytes)}`;
    case 'oom-kill':
      return `was killed by the kernel for lack of memory at ${ofLimit(rssBytes, cgroupLimitBytes)}`;
    case 'killed':
      return rssBytes === undefined
        ? 'was killed before it was sampled'
        : `was killed at ${ofLimit(rssBytes, cgroupLimitBytes)}`;
  }
}

/** `497 of 512 MiB`. What was read a moment before the end is at most the limit: the young generation is read with it. */
function ofLimit(bytes: Bytes | undefined, limitBytes: Bytes | undefined): string {
  if (limitBytes === undefined) return bytes === undefined ? 'an unknown size' : formatBytes(bytes);
  if (bytes === undefined) return `its limit of ${formatBytes(limitBytes)}`;
  return `${Math.round(Math.min(bytes, limitBytes) / MIB)} of ${Math.round(limitBytes / MIB)} MiB`;
}

function siteClause(death: Death, folder: string): string | undefined {
  const [first] = death.sites;
  if (!first || !isHeap(death)) return undefined;
  return `${Math.round(first.share * 100)} % of the growth: ${placeFrom(folder, first.site)}`;
}

/**
 * Sites are of the JavaScript heap: where something else grew more, they would mislead. What the heap holds of the system falls after
 * a collection while RSS does not, so the sites' own growth counts too.
 */
export function isHeap({ cause, parts, sites }: Pick<Death, 'cause' | 'parts' | 'sites'>): boolean {
  if (cause === 'heap-limit' || !parts) return true;
  const ofSites = sites.reduce((sum, { growthBytes }) => sum + growthBytes, 0);
  return Math.max(parts.heapBytes, ofSites) >= Math.max(parts.externalBytes, parts.nativeBytes);
}

const PART_NAMES = {
  heapBytes: 'the JavaScript heap',
  externalBytes: 'buffers and other external memory',
  nativeBytes: 'native memory',
} as const;

function partClause(parts: GrownParts | undefined): string | undefined {
  if (!parts) return undefined;
  const entries = Object.entries(PART_NAMES) as [keyof typeof PART_NAMES, string][];
  const [largest] = entries.toSorted(([a], [b]) => parts[b] - parts[a]);
  if (!largest || parts[largest[0]] <= 0) return undefined;
  return `most of the growth: ${largest[1]}, ${formatBytes(parts[largest[0]])}`;
}
