// Buffers in a profile: off the heap, under the stacks that allocated them, and what nobody could be found for under one frame.
import type { CodeFrame, PositionResolver, SiteTable } from '../../heap/index.ts';
import { EXTERNAL_DOMAIN, type Profile } from '../../model/index.ts';
import { EXTERNAL_FRAME, ProfileBuilder } from '../../profile/index.ts';
import type { BufferReading } from './buffer-sites.ts';
import { createFramePlaces, type FramePlaces } from './frame-places.ts';

/** What is attributed is partly estimated, and may come to more than there is: then nothing is left over. */
export function addBuffers(builder: ProfileBuilder, { totalBytes, sites }: BufferReading): void {
  for (const { frames, bytes, count } of sites) {
    const own = withoutMadeFunction(frames);
    const stack = builder.stackOf(own.toReversed().map((frame) => builder.frame(frame)));
    builder.addSample(stack, bytes, count, EXTERNAL_DOMAIN);
  }
  const attributed = sites.reduce((sum, { bytes }) => sum + bytes, 0);
  if (totalBytes <= attributed) return;
  const external = builder.frame({ functionName: EXTERNAL_FRAME, file: '', line: 0, column: 0 });
  builder.addSample(builder.stackOf([external]), totalBytes - attributed, 0);
}

/**
 * Precise mode puts an expression in a function of its own, without a name, that is called where it stands: the place is the
 * expression's, the name that of the function around it.
 */
function withoutMadeFunction(frames: readonly CodeFrame[]): readonly CodeFrame[] {
  const [inner, outer, ...others] = frames;
  const isMade =
    inner?.functionName === '' &&
    outer !== undefined &&
    inner.file === outer.file &&
    inner.line === outer.line;
  return isMade ? [{ ...inner, functionName: outer.functionName }, ...others] : frames;
}

/** By the places of the calls in the files as they were written. */
export function buffersAsWritten(buffers: BufferReading, places: FramePlaces): BufferReading {
  return {
    ...buffers,
    sites: buffers.sites.map((site) => ({ ...site, frames: places.ofCalls(site.frames) })),
  };
}

/** What a thread has told of its buffers. */
export interface ToldBuffers {
  readonly reading: BufferReading;
  /** Where things stand in what the thread has loaded; absent where none of it was rewritten. */
  readonly sites?: SiteTable;
}

/** Of the buffers alone. */
export function bufferProfile({ reading, sites }: ToldBuffers, positions: PositionResolver): Profile {
  const builder = new ProfileBuilder();
  addBuffers(builder, buffersAsWritten(reading, createFramePlaces(sites, positions)));
  return builder.build({ counts: 'objects', buffersAtSeconds: reading.atSeconds });
}
