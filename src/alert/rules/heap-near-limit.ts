// V8's heap: at its limit the process dies. V8 lets garbage pile up until the limit is near, so what is in use just before a
// collection says little; the floor, what a major collection left, is what cannot be had back. As V8 collects the more often
// the nearer the limit is, an old floor means that there is room.
import type { Observation, OwnProcessSample, ThreadHeap } from '../../model/index.ts';
import { type Bytes, formatBytes, type Percent } from '../../units/index.ts';
import type { PreviousDeath, RuleInputs } from '../inputs.ts';
import { severityOf } from '../severity.ts';
import { oneDecimal } from './figures.ts';
import { healthy, unknown } from './rule.ts';

const KEY = 'heap_near_limit';
const TITLE = 'V8 heap near its limit';

/**
 * Of the limit, held through a major collection. From about here on V8 spends more and more of its time collecting, and there
 * is still room to act.
 */
export const HEAP_THRESHOLD_PERCENT: Percent = 85;

const DEATH_TITLE = 'Death at the heap limit';

export function heapNearLimit({ own, oldSpaceLimitBytes, death }: RuleInputs): Observation {
  if (death?.cause === 'heap-limit') return deathOf(death);
  const fullest = heapsOf(own, oldSpaceLimitBytes).toSorted((a, b) => b.percent - a.percent)[0];
  if (!fullest) return unknown(KEY);
  const { bytes, what, limitBytes, percent, owner } = fullest;
  if (percent <= HEAP_THRESHOLD_PERCENT) return healthy(KEY);
  return {
    key: KEY,
    outcome: 'breach',
    type: 'heap',
    severity: severityOf(percent, HEAP_THRESHOLD_PERCENT),
    title: TITLE,
    message: `${TITLE}: ${owner}${formatBytes(bytes)} ${what}, ${oneDecimal(percent)}% of ${formatBytes(limitBytes)}`,
  };
}

interface HeldHeap {
  readonly bytes: Bytes;
  readonly what: string;
  readonly limitBytes: Bytes;
  readonly percent: Percent;
  /** Empty for the main thread. */
  readonly owner: string;
}

/** Of each thread whose limit is known. Only large heaps come near `heap_size_limit`: the old-space limit is preferred. */
function heapsOf(own: OwnProcessSample | undefined, oldSpaceLimitBytes: Bytes | undefined): HeldHeap[] {
  const main = own?.heap ? [heldBy('', own.heap, oldSpaceLimitBytes)] : [];
  const workers = own?.workers?.threads.map(({ threadId, name, heap }) =>
    heap ? heldBy(`worker ${name} #${threadId} holds `, heap, heap.oldSpaceLimitBytes) : [],
  );
  return [...main, ...(workers ?? [])].flat();
}

function heldBy(owner: string, heap: ThreadHeap, oldSpaceLimitBytes: Bytes | undefined): HeldHeap[] {
  const limitBytes = oldSpaceLimitBytes ?? heap.limitBytes;
  if (limitBytes === undefined || !(limitBytes > 0)) return [];
  const { bytes, what } = held(heap);
  return [{ bytes, what, limitBytes, percent: (bytes / limitBytes) * 100, owner }];
}

/** It acts at once: the process that died of it is not there to be checked again. */
function deathOf({ sentence }: PreviousDeath): Observation {
  return {
    key: KEY,
    outcome: 'breach',
    type: 'heap',
    severity: 'critical',
    title: DEATH_TITLE,
    message: `${DEATH_TITLE}: ${sentence}`,
    immediate: true,
  };
}

function held({ floorBytes, oldSpaceBytes, usedBytes }: ThreadHeap): {
  readonly bytes: Bytes;
  readonly what: string;
} {
  if (floorBytes !== undefined) return { bytes: floorBytes, what: 'left by a major collection' };
  if (oldSpaceBytes !== undefined) return { bytes: oldSpaceBytes, what: 'in the old space' };
  return { bytes: usedBytes, what: 'used' };
}
