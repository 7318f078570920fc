// What the preload does in a worker thread of the application: it starts the allocation sampler before the thread's own code, with
// precise mode and the ledger of buffers where they are asked for, and starts the stub, as the main thread does. It opens nothing, holds nothing
// open and listens to nothing that the application could see.
import { basename } from 'node:path';
import threads, { resourceLimits, threadId } from 'node:worker_threads';
import { createBoard } from '../../heap/board.ts';
import type { SamplerState } from '../../heap/sampler/sampler.ts';
import { createSamplerSwitch } from '../../heap/sampler/sampler-switch.ts';
import { givenName } from '../../heap/threads/given-name.ts';
import { type Bytes, MIB, type Seconds } from '../../units/index.ts';
import { startRewriting } from '../rewriting.ts';
import { startStub } from '../stub.ts';
import { traceBuffers } from '../traced-buffers.ts';
import { findInvitation, isListening, type ThreadInvitation, tellMonitor } from './invitation.ts';
import { openOutbox } from './outbox.ts';
import { readSamplingWish } from './sampling-wish.ts';
import { watchStartedThreads } from './started-threads.ts';

/** Does nothing where no monitor watches the process. */
export function joinMonitor(): void {
  const invitation = findInvitation();
  if (!invitation) return;
  const tell = openOutbox(invitation);
  const sampling = followWish(invitation);
  const board = createBoard();
  const { memory: boardMemory } = board;
  const join = (): void => {
    const sampler = sampling.state();
    const joined = { type: 'joined', threadId, name: ownName(), boardMemory, ...oldSpaceLimit() } as const;
    tell(sampler ? { ...joined, sampler } : joined);
  };
  startStub({
    board,
    wallSeconds,
    onMajorCollection: () => {
      if (sampling.state()) tellMonitor(invitation, { type: 'major-collection', threadId });
    },
    onBeat: () => {
      if (sampling.follow()) join();
    },
  });
  join();
  watchStartedThreads(invitation);
  // Last: what is loaded from here on is the application's.
  startRewriting(invitation.rewriting, (file) => tell({ type: 'file-loaded', threadId, file }));
}

function ownName(): string {
  // Node.js before 22.20 has no threadName.
  const { threadName } = threads as { readonly threadName?: string | null };
  return givenName(threadName ?? '') || basename(process.argv[1] ?? '');
}

/** Absent where Node.js does not say. */
function oldSpaceLimit(): { readonly oldSpaceLimitBytes?: Bytes } {
  const { maxOldGenerationSizeMb } = resourceLimits;
  return maxOldGenerationSizeMb ? { oldSpaceLimitBytes: maxOldGenerationSizeMb * MIB } : {};
}

interface FollowedWish {
  state(): SamplerState | undefined;
  /** True when the wish has changed. */
  follow(): boolean;
}

/** Begins with what is wished now. */
function followWish(invitation: ThreadInvitation): FollowedWish {
  const { sampleBytes, wish } = invitation;
  // V8's flags hold for the whole process: inlining is not a thread's to switch.
  const sampler = createSamplerSwitch({ sampleBytes, inlining: 'kept' });
  const buffers = traceBuffers({
    wanted: invitation.buffers,
    wallSeconds,
    isHeard: () => isListening(invitation),
    onReport: (report) => tellMonitor(invitation, { type: 'buffers', threadId, report }),
  });
  let followed = 0;
  const follow = (): boolean => {
    const { generation, stackDepth } = readSamplingWish(wish);
    if (generation === followed) return false;
    followed = generation;
    sampler.carryOut({ kind: 'stop' });
    if (stackDepth !== undefined) sampler.carryOut({ kind: 'start', stackDepth });
    const state = sampler.state();
    buffers.follow({ kind: 'switched', ...(state && { sampler: state }) });
    return true;
  };
  follow();
  return { state: sampler.state, follow };
}

const wallSeconds = (): Seconds => Date.now() / 1000;
