// Memory that changes its size or its ArrayBuffer: `resize`, `grow`, `transfer`, and structured cloning that transfers. What is
// posted to another thread goes when V8 collects the empty ArrayBuffer that stays behind.
import type { BufferLedger } from '../ledger.ts';
import { disguise, replaceProperty } from './property.ts';

type Method = (this: object, ...args: unknown[]) => unknown;

/** Answers how to take the hooks out again. */
export function hookMoves(ledger: BufferLedger): () => void {
  const afterwards = (prototype: object, name: string, tell: (from: object, answer: unknown) => void) => {
    const original = (prototype as Record<string, Method | undefined>)[name];
    if (!original) return () => {};
    const hooked = function (this: object, ...args: unknown[]): unknown {
      const answer = original.apply(this, args);
      tell(this, answer);
      return answer;
    };
    return replaceProperty(prototype, name, disguise(hooked, original));
  };
  const undo = [
    afterwards(ArrayBuffer.prototype, 'transfer', (from, to) => ledger.move(from, to as object)),
    afterwards(ArrayBuffer.prototype, 'transferToFixedLength', (from, to) => ledger.move(from, to as object)),
    afterwards(ArrayBuffer.prototype, 'resize', (buffer) => ledger.resized(buffer)),
    afterwards(SharedArrayBuffer.prototype, 'grow', (buffer) => ledger.resized(buffer)),
    hookStructuredClone(ledger),
  ];
  return () => {
    for (const each of undo) each();
  };
}

function hookStructuredClone(ledger: BufferLedger): () => void {
  const original = structuredClone as Method;
  const hooked = function (this: object, ...args: unknown[]): unknown {
    const answer = original.apply(this, args);
    for (const moved of transferred(args[1])) ledger.leave(moved);
    return answer;
  };
  return replaceProperty(globalThis, 'structuredClone', disguise(hooked, original));
}

/** The options were good enough to be cloned by; a list that can be gone through once only has been. */
function transferred(options: unknown): readonly object[] {
  const { transfer } = (options ?? {}) as { readonly transfer?: unknown };
  return Array.isArray(transfer) ? transfer : [];
}
