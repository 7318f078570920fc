// Buffers in a profile: off the heap, under the stacks that allocated them, and what nobody could be found for under one frame.
import type { CodeFrame } from '../../heap/index.ts';
import { EXTERNAL_DOMAIN, type Profile } from '../../model/index.ts';
import { EXTERNAL_FRAME, ProfileBuilder } from '../../profile/index.ts';
import type { BufferReading } from './buffer-sites.ts';

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

/** Of the buffers alone. */
export function bufferProfile(reading: BufferReading): Profile {
  const builder = new ProfileBuilder();
  addBuffers(builder, reading);
  return builder.build({ counts: 'objects', buffersAtSeconds: reading.atSeconds });
}
