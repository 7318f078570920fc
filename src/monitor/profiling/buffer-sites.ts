// The watched thread's buffers by allocation site, as far as it has told. A blocked thread tells nothing: what it told last is
// shown, with its time.
import type { BufferReport, CodeFrame } from '../../heap/index.ts';
import type { Bytes, Seconds } from '../../units/index.ts';

export interface BufferSite {
  /** Innermost first. */
  readonly frames: readonly CodeFrame[];
  readonly bytes: Bytes;
  readonly count: number;
}

export interface BufferReading {
  readonly atSeconds: Seconds;
  /** Of all ArrayBuffers of the thread, attributed or not. */
  readonly totalBytes: Bytes;
  readonly sites: readonly BufferSite[];
}

export interface BufferSites {
  take(report: BufferReport): void;
  /** Undefined while nothing is attributed. */
  reading(): BufferReading | undefined;
}

export function createBufferSites(): BufferSites {
  const sites = new Map<number, BufferSite>();
  let newest: Pick<BufferReading, 'atSeconds' | 'totalBytes'> | undefined;
  return {
    take({ first, atSeconds, totalBytes, changes }) {
      if (first) sites.clear();
      newest = { atSeconds, totalBytes };
      for (const { id, frames, bytes, count } of changes) {
        const known = frames ?? sites.get(id)?.frames;
        if (count === 0) sites.delete(id);
        else if (known) sites.set(id, { frames: known, bytes, count });
      }
    },
    reading: () => newest && { ...newest, sites: [...sites.values()] },
  };
}
