// What crosses between the application's thread and the monitor's. Plain records that structured cloning can carry; figures
// of the heap do not come this way but over the board (heap/board.ts).
import type { Layers } from '../config/index.ts';
import type { BufferReport, LoadedFile, SamplerOrder, SamplerState } from '../heap/index.ts';
import type { RewritingKind } from '../model/index.ts';
import type {
  EncodedSnapshot,
  HealthCheck,
  MemoryUsage,
  MonitorStatus,
  SlowEndpoint,
  SlowQuery,
  SnapshotOutcome,
  TracedMemory,
  TracingOutcome,
  TracingState,
} from '../monitor/monitor.ts';
import type { OwnRun } from '../monitor/previous-run/index.ts';
import type { Bytes, Seconds } from '../units/index.ts';
import type { SamplerAnswerMessage, SamplerOrderMessage } from './sampler-orders.ts';
import type { ThreadInvitation } from './threads/invitation.ts';

/** What the monitor's thread is started with. */
export interface WorkerStart {
  readonly layers: Layers;
  readonly boardMemory: SharedArrayBuffer;
  /** By which its worker threads find the monitor. */
  readonly threads: ThreadInvitation;
  /** How the application's thread is sampled; absent while nothing is. */
  readonly sampler?: SamplerState;
  /** Files are rewritten as they are loaded, and told of; absent: they are not. */
  readonly rewriting?: RewritingKind;
  /** Absent without a place for evidence. */
  readonly ownRun?: OwnRun;
  readonly version: string;
  /** The flags that the application's Node.js was started with. */
  readonly nodeFlags: readonly string[];
}

/** Every flag that the application's V8 may have, the last of a kind in force. */
export function flagsOf({ layers, nodeFlags }: Pick<WorkerStart, 'layers' | 'nodeFlags'>): readonly string[] {
  return [...(layers.environment?.NODE_OPTIONS?.split(/\s+/) ?? []), ...nodeFlags];
}

/** Questions the application's thread asks, with what is answered. */
export interface Questions {
  memoryUsage: { readonly asked: undefined; readonly answered: MemoryUsage };
  checkHealth: { readonly asked: undefined; readonly answered: HealthCheck };
  takeSnapshot: { readonly asked: undefined; readonly answered: SnapshotOutcome };
  snapshots: { readonly asked: undefined; readonly answered: readonly EncodedSnapshot[] };
  tracing: { readonly asked: undefined; readonly answered: TracingState };
  orderSampler: { readonly asked: SamplerOrder; readonly answered: TracingOutcome };
  tracedMemory: { readonly asked: undefined; readonly answered: TracedMemory | undefined };
  resetPeak: { readonly asked: undefined; readonly answered: undefined };
  tracemallocMemory: { readonly asked: undefined; readonly answered: Bytes };
  status: { readonly asked: undefined; readonly answered: MonitorStatus };
  fetch: { readonly asked: RequestRecord; readonly answered: ResponseRecord };
  stop: { readonly asked: undefined; readonly answered: undefined };
}

export type Question = keyof Questions;

/** A web-standard Request, taken apart. */
export interface RequestRecord {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: Uint8Array;
}

/** A web-standard Response, taken apart; its body is transferred, not copied. */
export interface ResponseRecord {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ReadableStream<Uint8Array> | null;
}

export type ToWorker =
  | { readonly type: 'ask'; readonly id: number; readonly question: Question; readonly asked: unknown }
  /** One has just ended on the application's thread. */
  | { readonly type: 'major-collection' }
  | SamplerAnswerMessage
  /** It was rewritten, or could not be. */
  | { readonly type: 'file-loaded'; readonly file: LoadedFile }
  | { readonly type: 'buffers'; readonly report: BufferReport }
  | { readonly type: 'slow-query'; readonly query: SlowQuery }
  | { readonly type: 'slow-endpoint'; readonly endpoint: SlowEndpoint };

export type ToMain =
  | SamplerOrderMessage
  | { readonly type: 'answer'; readonly id: number; readonly answered: unknown }
  | {
      readonly type: 'refusal';
      readonly id: number;
      readonly code: string;
      readonly message: string;
      readonly remedy: string;
    }
  /** The listener is up and the first sample was taken. */
  | { readonly type: 'ready'; readonly url: string }
  /** It cannot start; the application goes on without. */
  | { readonly type: 'failed'; readonly code: string; readonly message: string; readonly remedy: string }
  /** What the stub has to know of the settings in force. */
  | {
      readonly type: 'thresholds';
      readonly slowQuerySeconds: Seconds;
      readonly slowEndpointSeconds: Seconds;
    };
