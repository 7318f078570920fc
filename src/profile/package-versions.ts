// Which version of a package a frame is of. A file's name tells the package but not the version, so it is looked up where the
// package is installed, by whoever can.
import type { Profile, SourceFile } from '../model/index.ts';

/** The version of the package that the file at `path` (as the profiler printed it) is of; undefined when it cannot be told. */
export type VersionLookup = (path: string) => string | undefined;

/** The profile with the versions of its dependencies, as far as they are found. Asks once a file. */
export function withPackageVersions(profile: Profile, versionOf: VersionLookup): Profile {
  return { ...profile, files: profile.files.map((file) => withVersion(file, versionOf)) };
}

function withVersion(file: SourceFile, versionOf: VersionLookup): SourceFile {
  if (file.origin.kind !== 'dependency') return file;
  const version = versionOf(file.path);
  return version === undefined ? file : { ...file, origin: { ...file.origin, version } };
}
