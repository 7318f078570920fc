// The run before this one on the wire.
import type { Monitor, PreviousRun } from '../../monitor/monitor.ts';
import { formatTime } from '../../units/index.ts';
import type { PreviousRun as PreviousRunWire } from '../wire.ts';
import { asIs, field, toMegabytes } from './quantity.ts';
import { presentGrowingSite } from './snapshot.ts';

/** As a field of a larger answer; absent where there is nothing to tell. */
export function previousRunField(monitor: Pick<Monitor, 'previousRun'>): {
  readonly previous_run?: PreviousRunWire;
} {
  return field('previous_run', monitor.previousRun(), presentPreviousRun);
}

export function presentPreviousRun(run: PreviousRun): PreviousRunWire {
  return {
    pid: run.pid,
    started_at: formatTime(run.startedAtSeconds),
    last_seen: formatTime(run.lastSeenAtSeconds),
    cause: run.cause,
    summary: run.sentence,
    ...field('heap_used_mb', run.heapUsedBytes, toMegabytes),
    heap_limit_mb: toMegabytes(run.heapLimitBytes),
    ...field('memory_mb', run.rssBytes, toMegabytes),
    cgroup_limit_mb: run.cgroupLimitBytes === undefined ? null : toMegabytes(run.cgroupLimitBytes),
    ...field('grown', run.parts, presentParts),
    growing_sites: run.growingSites.map(presentGrowingSite),
    ...field('snapshot_id', run.snapshotId, asIs),
  };
}

function presentParts(parts: NonNullable<PreviousRun['parts']>): NonNullable<PreviousRunWire['grown']> {
  return {
    over_seconds: parts.overSeconds,
    heap_mb: toMegabytes(parts.heapBytes),
    external_mb: toMegabytes(parts.externalBytes),
    native_mb: toMegabytes(parts.nativeBytes),
  };
}
