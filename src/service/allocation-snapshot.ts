// An allocation snapshot as a service's own code gets it: tracemalloc's Snapshot, with when and why it was taken.
import { createSourceLines, readSourceFile } from '../heap/source-maps/index.ts';
import { type ProfileTrigger, totalBytes } from '../model/index.ts';
import type { EncodedSnapshot } from '../monitor/monitor.ts';
import { readProfile, Snapshot } from '../profile/index.ts';
import type { Bytes, Seconds } from '../units/index.ts';

export class AllocationSnapshot extends Snapshot {
  readonly id: string;

  constructor({ id, encoded }: EncodedSnapshot) {
    super(readProfile(encoded), createSourceLines(readSourceFile));
    this.id = id;
  }

  /** Since the Unix epoch. */
  get atSeconds(): Seconds | undefined {
    return this.profile.metadata.atSeconds;
  }

  get trigger(): ProfileTrigger | undefined {
    return this.profile.metadata.trigger;
  }

  /** RSS of the process at the time. */
  get memoryBytes(): Bytes | undefined {
    return this.profile.metadata.rssBytes;
  }

  /** Live bytes that the samples stand for. */
  get sampledBytes(): Bytes {
    return totalBytes(this.profile);
  }
}
