// What is read out of a profile once, when its snapshot is kept: the figures and the largest sites, each with whose code it is.
import type { PackageVersions } from '../../heap/index.ts';
import { type Profile, present, totalBytes } from '../../model/index.ts';
import { explainFrame, frameKind, type ThreadSite, threadSites } from '../../profile/index.ts';
import type { SnapshotRecord, SnapshotSite } from '../monitor.ts';

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

/** `profile` is mapped already. Throws a TypeError for one without a snapshot's metadata. */
export function describeSnapshot(
  id: string,
  profile: Profile,
  { top, packages }: { readonly top: number; readonly packages: PackageVersions },
): SnapshotRecord {
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
    sampledBytes: totalBytes(profile),
    sites: threadSites(profile, top).map((site) => describeSite(site, packages)),
    ...present({
      heapUsedBytes: metadata.heapUsedBytes,
      sampleIntervalBytes: metadata.sampleIntervalBytes,
    }),
  };
}
