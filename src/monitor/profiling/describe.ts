// What is read out of a profile once, when its snapshot is kept: the figures and the largest sites, each with whose code it is.
import type { PackageVersions } from '../../heap/index.ts';
import { type Profile, present, totalBytes } from '../../model/index.ts';
import {
  explainFrame,
  externalOnly,
  frameKind,
  heapOnly,
  type ThreadSite,
  threadSites,
} from '../../profile/index.ts';
import type { BufferRecord, SnapshotRecord, SnapshotSite } from '../monitor.ts';

/** Sites whose source is known: a description has them with their package. */
export function describeSite(site: ThreadSite, packages: PackageVersions): SnapshotSite {
  const origin = frameKind(site.file, site.functionName);
  const packageName = origin.kind === 'dependency' ? origin.packageName : undefined;
  return {
    ...site,
    origin: origin.kind,
    ...present({
      packageName,
      packageVersion: packageName && packages.versionOf(site.file, packageName),
      note: explainFrame(site.functionName, origin),
    }),
  };
}

interface Shown {
  /** Sites, the largest first. */
  readonly top: number;
  readonly packages: PackageVersions;
}

/** What is off the heap and nobody's is a figure of its own, not a site. */
function describeSites(profile: Profile, { top, packages }: Shown): SnapshotSite[] {
  return threadSites(profile, top + 1)
    .map((site) => describeSite(site, packages))
    .filter(({ origin }) => origin !== 'external')
    .slice(0, top);
}

/** `profile` is mapped already. Undefined where it has no buffers. */
export function describeBuffers(profile: Profile, { top, packages }: Shown): BufferRecord | undefined {
  const { buffersAtSeconds: atSeconds } = profile.metadata;
  if (atSeconds === undefined) return undefined;
  const buffers = externalOnly(profile);
  const sites = describeSites(buffers, { top: Number.POSITIVE_INFINITY, packages });
  const allBytes = totalBytes(buffers);
  const attributedBytes = sites.reduce((sum, { liveBytes }) => sum + liveBytes, 0);
  return {
    atSeconds,
    totalBytes: allBytes,
    unattributedBytes: allBytes - attributedBytes,
    sites: sites.slice(0, top),
  };
}

/** `profile` is mapped already. Throws a TypeError for one without a snapshot's metadata. */
export function describeSnapshot(id: string, profile: Profile, shown: Shown): SnapshotRecord {
  const { metadata } = profile;
  const { atSeconds, trigger, basis, rssBytes } = metadata;
  if (atSeconds === undefined || !trigger || !basis || rssBytes === undefined)
    throw new TypeError('a profile, but no snapshot of ours');
  return {
    id,
    atSeconds,
    trigger,
    basis,
    rssBytes,
    calleesMayBeBilledToCallers: metadata.calleesMayBeBilledToCallers ?? true,
    sampledBytes: totalBytes(heapOnly(profile)),
    sites: describeSites(profile, shown),
    ...present({
      heapUsedBytes: metadata.heapUsedBytes,
      sampleIntervalBytes: metadata.sampleIntervalBytes,
      buffers: describeBuffers(profile, shown),
    }),
  };
}
