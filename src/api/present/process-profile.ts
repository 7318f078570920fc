// The allocation profile of another process on the wire.
import { totalBytes } from '../../model/index.ts';
import type { ProcessProfile, ProcessProfileOutcome } from '../../monitor/monitor.ts';
import { formatTime } from '../../units/index.ts';
import type { ProcessProfile as ProcessProfileWire } from '../wire.ts';
import { toMegabytes } from './quantity.ts';
import { presentAllocation } from './snapshot.ts';

export function presentProcessProfile({
  result,
  file,
}: Extract<ProcessProfileOutcome, { kind: 'profiled' }>): ProcessProfileWire {
  return {
    ...presentReading(result),
    heap_used_mb: toMegabytes(result.heapUsedBytes),
    sampled_bytes: totalBytes(result.profile),
    top_allocations: result.sites.map(presentAllocation),
    cautions: [...result.cautions],
    heapprofile: JSON.parse(new TextDecoder().decode(file('heapprofile'))),
  };
}

function presentReading(result: ProcessProfile) {
  return {
    pid: result.pid,
    node_version: result.nodeVersion,
    timestamp: formatTime(result.atSeconds),
    sampled_seconds: result.sampledSeconds,
    pause_seconds: result.pauseSeconds,
    sample_interval: result.sampleIntervalBytes ?? null,
    foreign_sampler: result.foreignSampler,
    inspector: result.inspector,
  };
}
