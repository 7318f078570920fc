// Allocation snapshots on the wire.
import type { CodePlace, RewritingReport } from '../../model/index.ts';
import type {
  BufferRecord,
  GrowingSite,
  SamplerReport,
  SnapshotComparison,
  SnapshotRecord,
  SnapshotSite,
  SnapshotStatistics,
  StatisticsQuery,
  StatisticTraceback,
} from '../../monitor/monitor.ts';
import { formatTime, HOUR, roundHalfEven } from '../../units/index.ts';
import type {
  Allocation as AllocationWire,
  Buffers as BuffersWire,
  GrowingSite as GrowingSiteWire,
  Padding as PaddingWire,
  PreciseMode as PreciseModeWire,
  Sampler as SamplerWire,
  SnapshotComparison as SnapshotComparisonWire,
  SnapshotStatistics as SnapshotStatisticsWire,
  Snapshot as SnapshotWire,
} from '../wire.ts';
import { asIs, field, toMegabytes } from './quantity.ts';

export function presentSnapshot(snapshot: SnapshotRecord): SnapshotWire {
  return {
    id: snapshot.id,
    timestamp: formatTime(snapshot.atSeconds),
    memory_mb: toMegabytes(snapshot.rssBytes),
    trigger: snapshot.trigger,
    sampled_bytes: snapshot.sampledBytes,
    sample_interval: snapshot.sampleIntervalBytes ?? null,
    ...field('heap_used_mb', snapshot.heapUsedBytes, toMegabytes),
    basis: snapshot.basis.kind,
    ...(snapshot.basis.kind === 'minimum' && { basis_readings: snapshot.basis.readings }),
    callees_billed_to_callers: snapshot.calleesMayBeBilledToCallers,
    top_allocations: snapshot.sites.map(presentAllocation),
    ...field('buffers', snapshot.buffers, presentBuffers),
  };
}

export function presentBuffers(record: BufferRecord): BuffersWire {
  const { atSeconds, totalBytes, unattributedBytes, sites } = record;
  return {
    read_at: formatTime(atSeconds),
    total_mb: toMegabytes(totalBytes),
    attributed_mb: toMegabytes(totalBytes - unattributedBytes),
    unattributed_mb: toMegabytes(unattributedBytes),
    top_allocations: sites.map(presentAllocation),
  };
}

export function presentAllocation(site: SnapshotSite): AllocationWire {
  return {
    ...presentPosition(site),
    size_mb: toMegabytes(site.liveBytes),
    count: site.count,
    ...presentThread(site),
    ...presentOrigin(site),
  };
}

export function presentGrowingSite(growing: GrowingSite): GrowingSiteWire {
  const { site, growthBytes, growthBytesPerSecond, growthInterval, share, rises, steps } = growing;
  return {
    ...presentPosition(site),
    growth_mb: toMegabytes(growthBytes),
    ...field('growth_mb_per_hour', growthBytesPerSecond, perHour),
    ...field('growth_interval_mb_per_hour', growthInterval, ({ low, high }) => ({
      low: perHour(low),
      high: perHour(high),
    })),
    live_mb: toMegabytes(site.liveBytes),
    share: roundHalfEven(share, 4),
    rises,
    steps,
    ...field('via', site.via, presentPosition),
    ...presentThread(site),
    ...presentOrigin(site),
  };
}

const perHour = (bytesPerSecond: number): number => toMegabytes(bytesPerSecond * HOUR);

function presentThread({ thread }: SnapshotSite) {
  return thread ? { thread: thread.name, thread_id: thread.id } : {};
}

function presentPosition({ functionName, file, line, column, kind }: CodePlace & Pick<SnapshotSite, 'kind'>) {
  return { file, line, column, function: functionName, ...field('kind', kind, asIs) };
}

function presentOrigin({ origin, packageName, packageVersion, note }: SnapshotSite) {
  const nameAndVersion = packageName && (packageVersion ? `${packageName}@${packageVersion}` : packageName);
  return { origin, ...field('package', nameAndVersion, asIs), ...field('note', note, asIs) };
}

export function presentSampler({
  sampler,
  readings,
  lastPauseSeconds,
  rewriting,
}: SamplerReport): SamplerWire {
  return {
    started: sampler.kind,
    ...(sampler.kind === 'inspector' && { reason: sampler.reason }),
    ...(sampler.kind === 'native' && { before_application: sampler.beforeApplication }),
    readings,
    ...field('last_pause_seconds', lastPauseSeconds, asIs),
    ...presentPrecise(rewriting),
    ...(rewriting?.kind === 'padding' && { padding: presentPadding(rewriting) }),
  };
}

export function presentPrecise(report: RewritingReport | undefined): { precise?: PreciseModeWire } {
  return report?.kind === 'precise' ? { precise: presentRewritten(report) } : {};
}

function presentPadding(report: RewritingReport): PaddingWire {
  return { ...presentRewritten(report), inlining_off_instead: report.filesLeftAlone > 0 };
}

function presentRewritten({ filesRewritten, filesLeftAlone, lastLeftAlone }: RewritingReport) {
  return {
    files_rewritten: filesRewritten,
    files_left_alone: filesLeftAlone,
    ...field('last_left_alone', lastLeftAlone, ({ path, reason }) => ({ file: path, reason })),
  };
}

export function presentStatistics(
  { snapshot, total, statistics }: SnapshotStatistics,
  { key, cumulative = false }: StatisticsQuery,
): SnapshotStatisticsWire {
  return {
    snapshot: snapshot.id,
    key,
    cumulative,
    total,
    statistics: statistics.map(({ sizeBytes, count, ...place }) => ({
      ...presentTraceback(place),
      size: sizeBytes,
      count,
    })),
  };
}

export function presentComparison(
  { before, after, total, differences, cautions }: SnapshotComparison,
  { key, cumulative = false }: StatisticsQuery,
): SnapshotComparisonWire {
  return {
    before: before.id,
    after: after.id,
    key,
    cumulative,
    total,
    differences: differences.map(({ sizeBytes, sizeDiffBytes, count, countDiff, ...place }) => ({
      ...presentTraceback(place),
      size: sizeBytes,
      size_diff: sizeDiffBytes,
      count,
      count_diff: countDiff,
    })),
    cautions: [...cautions],
  };
}

function presentTraceback({ traceback, formatted }: StatisticTraceback) {
  return { traceback: [...traceback], ...(formatted && { formatted: [...formatted] }) };
}
