// Buffer's own ways to allocate. Node.js' file system, streams and compression allocate through the same functions, and are
// seen where they do.
import { types } from 'node:util';
import { bufferOfView, byteLengthOfBuffer, byteLengthOfView } from '../intrinsics.ts';
import type { Note } from './constructors.ts';
import { disguise, replaceProperty } from './property.ts';

type Allocate = (this: unknown, ...args: unknown[]) => Buffer;

const FRESH = ['alloc', 'allocUnsafeSlow'] as const;
/** These cut small buffers off a shared piece of memory, the pool. */
const POOLED = ['allocUnsafe', 'from', 'concat', 'copyBytesFrom', 'of'] as const;

const ON_HEAP_BYTES = 64;

/** Answers how to take the hooks out again. */
export function hookBufferFunctions(note: Note): () => void {
  /** One may call another: the outermost is the one that was asked. */
  let inside = false;
  /** Memory that was shared when it was last seen: a pool counts once, for whoever was first to need a new one. */
  let pool: object | undefined;

  const noteFresh = (made: Buffer): void => {
    const bytes = byteLengthOfView(made);
    if (bytes > ON_HEAP_BYTES) note(made, bytes);
  };
  const notePooled = (made: Buffer, first: unknown): void => {
    const memory = bufferOfView(made);
    // Buffer.from(arrayBuffer) is a view on memory that is there already.
    if (memory === pool || types.isAnyArrayBuffer(first)) return;
    const bytes = byteLengthOfBuffer(memory);
    if (bytes !== byteLengthOfView(made)) pool = memory;
    note(memory, bytes);
  };
  const hook = (name: string, noteMade: (made: Buffer, first: unknown) => void): (() => void) => {
    const original = (Buffer as unknown as Record<string, Allocate | undefined>)[name];
    if (!original) return () => {};
    const hooked = function (this: unknown, ...args: unknown[]): Buffer {
      if (inside) return original.apply(this, args);
      inside = true;
      let made: Buffer;
      try {
        made = original.apply(this, args);
      } finally {
        inside = false;
      }
      noteMade(made, args[0]);
      return made;
    };
    return replaceProperty(Buffer, name, disguise(hooked, original));
  };

  const undo = [
    ...FRESH.map((name) => hook(name, noteFresh)),
    ...POOLED.map((name) => hook(name, notePooled)),
  ];
  return () => {
    for (const each of undo) each();
  };
}
