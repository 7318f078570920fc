// The threads that have taken up the monitor's invitation, with what they have handed over.
import { type Board, openBoard, type SamplerState } from '../../heap/index.ts';
import { present } from '../../model/index.ts';
import type { Bytes } from '../../units/index.ts';
import type { ThreadMessage } from './invitation.ts';

export interface JoinedThread {
  readonly name: string;
  readonly board: Board;
  readonly oldSpaceLimitBytes?: Bytes;
  /** Absent while allocation profiling is off. */
  readonly sampler?: SamplerState;
}

export interface JoinedThreads {
  add(message: Extract<ThreadMessage, { type: 'joined' }>): void;
  get(threadId: number): JoinedThread | undefined;
  ids(): readonly number[];
  /** Forgets those that have ended. A thread's id is never used again, and a later one has a greater. */
  keepOnly(living: readonly number[]): void;
}

export function createJoinedThreads(): JoinedThreads {
  const joined = new Map<number, JoinedThread>();
  return {
    add({ threadId, name, boardMemory, oldSpaceLimitBytes, sampler }) {
      const board = openBoard(boardMemory);
      joined.set(threadId, { name, board, ...present({ oldSpaceLimitBytes, sampler }) });
    },
    get: (threadId) => joined.get(threadId),
    ids: () => [...joined.keys()],
    keepOnly(living) {
      const kept = new Set(living);
      for (const threadId of joined.keys()) if (!kept.has(threadId)) joined.delete(threadId);
    },
  };
}
