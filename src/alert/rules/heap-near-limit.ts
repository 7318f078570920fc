// V8's heap: at its limit the process dies. V8 lets garbage pile up until the limit is near, so what is in use just before a
// collection says little; the floor, what a major collection left, is what cannot be had back. As V8 collects the more often
// the nearer the limit is, an old floor means that there is room.
import type { HeapSample, Observation } from '../../model/index.ts';
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
  const heap = own?.heap;
  if (!heap) return unknown(KEY);
  // Only large heaps come near `heap_size_limit`, which counts the young generation too: the old-space limit is preferred.
  const limitBytes = oldSpaceLimitBytes ?? heap.limitBytes;
  if (!(limitBytes > 0)) return unknown(KEY);
  const { bytes, what } = held(heap);
  const percent = (bytes / limitBytes) * 100;
  if (percent <= HEAP_THRESHOLD_PERCENT) return healthy(KEY);
  return {
    key: KEY,
    outcome: 'breach',
    type: 'heap',
    severity: severityOf(percent, HEAP_THRESHOLD_PERCENT),
    title: TITLE,
    message: `${TITLE}: ${formatBytes(bytes)} ${what}, ${oneDecimal(percent)}% of ${formatBytes(limitBytes)}`,
  };
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

function held({ floorBytes, oldSpaceBytes, usedBytes }: HeapSample): {
  readonly bytes: Bytes;
  readonly what: string;
} {
  if (floorBytes !== undefined) return { bytes: floorBytes, what: 'left by a major collection' };
  if (oldSpaceBytes !== undefined) return { bytes: oldSpaceBytes, what: 'in the old space' };
  return { bytes: usedBytes, what: 'used' };
}
