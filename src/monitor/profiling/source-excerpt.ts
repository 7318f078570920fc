// A few lines of the source at a place of a kept snapshot. The place has to be one of its frames: a snapshot is no way to
// read files.
import { excerptOf, type PositionResolver, readSourceFile } from '../../heap/index.ts';
import type { Profile } from '../../model/index.ts';
import { sourcePath } from '../../profile/index.ts';
import type { SourceExcerpt } from '../monitor.ts';

export interface SourcePlace {
  readonly file: string;
  readonly line: number;
}

/** Undefined for a place that is not in the profile, and where the source cannot be had. */
export function excerptAt(
  profile: Profile,
  { file, line }: SourcePlace,
  positions: PositionResolver,
): SourceExcerpt | undefined {
  if (!hasFrameAt(profile, file, line)) return undefined;
  const text = positions.sourceText(file) ?? readSourceFile(file);
  return text === undefined ? undefined : excerptOf(text, line);
}

function hasFrameAt({ files, frames }: Profile, file: string, line: number): boolean {
  const wanted = new Set<number>();
  for (const [index, { path }] of files.entries()) if (sourcePath(path) === file) wanted.add(index);
  return (
    wanted.size > 0 && frames.line.some((at, frame) => at === line && wanted.has(frames.file[frame] ?? -1))
  );
}
