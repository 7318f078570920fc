// What HeapProfiler.getSamplingProfile answers, as far as it is used.
// https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/#type-SamplingHeapProfile
import type { Bytes } from '../../units/index.ts';

export interface CallFrame {
  readonly functionName: string;
  readonly scriptId: string;
  readonly url: string;
  /** From 0; -1 is unknown. */
  readonly lineNumber: number;
  /** From 0; -1 is unknown. */
  readonly columnNumber: number;
}

export interface SamplingNode {
  readonly callFrame: CallFrame;
  readonly selfSize: Bytes;
  readonly id: number;
  readonly children: readonly SamplingNode[];
}

export interface SamplingDocument {
  readonly head: SamplingNode;
  /** Of what still lives. `size` is the sample's weight, not the object's own size. */
  readonly samples: readonly { readonly size: Bytes; readonly nodeId: number; readonly ordinal: number }[];
}
