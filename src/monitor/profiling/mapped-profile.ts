// A profile of generated code as one of the sources it was made from. Only the files that hold a place among the top sites are
// mapped, in all their frames: reading the map of every dependency that stands somewhere in a stack would cost more than it
// shows. A dependency's version is looked up at the same time.
import type { PackageVersions, PositionResolver } from '../../heap/index.ts';
import { frameAt, NO_STACK, type Profile, type ProfileFrame, type SourceFile } from '../../model/index.ts';
import { allocationSites, ProfileBuilder, sourcePath } from '../../profile/index.ts';

/** Sites whose files are mapped. */
const MAPPED_SITES = 100;

export interface SourceKnowledge {
  readonly positions: PositionResolver;
  readonly packages: PackageVersions;
}

export function mapProfile(profile: Profile, { positions, packages }: SourceKnowledge): Profile {
  const mapped = withFrames(profile, mappedFrames(profile, positions));
  return { ...mapped, files: mapped.files.map((file) => withVersion(file, packages)) };
}

function mappedFrames(profile: Profile, positions: PositionResolver): readonly ProfileFrame[] {
  const files = new Set(allocationSites(profile, MAPPED_SITES).map(({ file }) => file));
  const frames = Array.from(profile.frames.file, (_, frame) => frameAt(profile, frame));
  const inFiles = frames.filter(({ file }) => files.has(sourcePath(file)));
  const resolved = positions.resolve(inFiles);
  const found = new Map(inFiles.map((frame, index) => [frame, resolved[index]]));
  return frames.map((frame) => ({ ...frame, ...found.get(frame) }));
}

/** Frames that have become one are merged, and their stacks and samples with them. */
function withFrames(profile: Profile, frames: readonly ProfileFrame[]): Profile {
  const builder = new ProfileBuilder();
  const stacks: number[] = [];
  for (const [stack, parent] of profile.stacks.parent.entries()) {
    const caller = parent === NO_STACK ? NO_STACK : (stacks[parent] ?? NO_STACK);
    const frame = frames[profile.stacks.frame[stack] ?? 0];
    stacks.push(frame ? builder.stack(caller, builder.frame(frame)) : caller);
  }
  const { stack, bytes, count, domain } = profile.samples;
  for (const [sample, at] of stack.entries())
    builder.addSample(stacks[at] ?? 0, bytes[sample] ?? 0, count[sample] ?? 0, domain[sample]);
  return builder.build(profile.metadata);
}

function withVersion(file: SourceFile, packages: PackageVersions): SourceFile {
  if (file.origin.kind !== 'dependency') return file;
  const version = packages.versionOf(file.path, file.origin.packageName);
  return version === undefined ? file : { ...file, origin: { ...file.origin, version } };
}
