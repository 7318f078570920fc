// The engine's own getters, taken before the application can have replaced them, and safe against subclasses that override
// them.
import { types } from 'node:util';
import type { Bytes } from '../../units/index.ts';

export const TypedArray = Object.getPrototypeOf(Uint8Array) as { readonly prototype: object };

type Getter<Value> = (receiver: object) => Value;

/** Throws a TypeError for what is no typed array. */
export const bufferOfView: Getter<ArrayBufferLike> = getter(TypedArray.prototype, 'buffer');
export const byteLengthOfView: Getter<Bytes> = getter(TypedArray.prototype, 'byteLength');

const lengthOfPlain: Getter<Bytes> = getter(ArrayBuffer.prototype, 'byteLength');
const lengthOfShared: Getter<Bytes> = getter(SharedArrayBuffer.prototype, 'byteLength');

/** 0 for one that is detached. */
export function byteLengthOfBuffer(buffer: object): Bytes {
  return types.isSharedArrayBuffer(buffer) ? lengthOfShared(buffer) : lengthOfPlain(buffer);
}

function getter<Value>(prototype: object, name: string): Getter<Value> {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (!get) throw new TypeError(`this runtime has no ${name}`);
  return Function.prototype.call.bind(get) as Getter<Value>;
}
