// `new Uint8Array(n)`, `new ArrayBuffer(n)` and their like. A hooked constructor is a bound function: it prints as native code,
// has no more to it than the original, and is what `constructor` says, so that species (`slice`, `map`) and `===` agree. Made by
// `new`, by a subclass or by `Reflect.construct`, an instance is the original's own.
import { types } from 'node:util';
import type { Bytes } from '../../../units/index.ts';
import { byteLengthOfBuffer, byteLengthOfView, TypedArray } from '../intrinsics.ts';
import { disguise, isReplaceable, replaceProperty } from './property.ts';

export type Note = (owner: object, bytes: Bytes) => void;

type Constructor = new (...args: unknown[]) => object;

/** V8 keeps the content of smaller typed arrays on its heap, where the sampler sees it; asking for `buffer` would move it out. */
const ON_HEAP_BYTES: Bytes = 64;

/** Answers how to take the hooks out again. */
export function hookConstructors(note: Note): () => void {
  const undo = [
    ...typedArrayNames().map((name) => hook(name, (made, first) => noteTypedArray(note, made, first))),
    ...['ArrayBuffer', 'SharedArrayBuffer'].map((name) =>
      hook(name, (made) => note(made, byteLengthOfBuffer(made))),
    ),
  ];
  // Buffer inherits from the constructor that everybody sees.
  const parent = Object.getPrototypeOf(Buffer);
  Object.setPrototypeOf(Buffer, Uint8Array);
  return () => {
    Object.setPrototypeOf(Buffer, parent);
    for (const each of undo) each();
  };
}

function typedArrayNames(): string[] {
  return Object.getOwnPropertyNames(globalThis).filter((name) => {
    const value: unknown = Object.getOwnPropertyDescriptor(globalThis, name)?.value;
    return typeof value === 'function' && Object.getPrototypeOf(value) === TypedArray;
  });
}

function noteTypedArray(note: Note, made: object, first: unknown): void {
  // A view on memory that is there already.
  if (typeof first === 'object' && types.isAnyArrayBuffer(first)) return;
  const bytes = byteLengthOfView(made);
  if (bytes > ON_HEAP_BYTES) note(made, bytes);
}

function hook(name: string, noteMade: (made: object, first: unknown) => void): () => void {
  const original = (globalThis as unknown as Record<string, Constructor>)[name];
  // Both or none: what is made must have the constructor that everybody sees.
  if (!original || !isReplaceable(original.prototype as object, 'constructor')) return () => {};
  const hooked = hookedConstructor(original, noteMade);
  const undo = [
    replaceProperty(globalThis, name, hooked),
    replaceProperty(original.prototype as object, 'constructor', hooked),
  ];
  return () => {
    for (const each of undo) each();
  };
}

// A plain function, not a class or a proxy: those would throw in other words, or make `new` two or three times as dear.
function hookedConstructor(
  original: Constructor,
  noteMade: (made: object, first: unknown) => void,
): Constructor {
  function construct(this: unknown, ...args: unknown[]): object {
    // Without `new` it throws, in its own words.
    if (new.target === undefined) return (original as unknown as (...args: unknown[]) => object)(...args);
    const target =
      new.target === (construct as unknown) ? original : standInFor(new.target as unknown as Constructor);
    const made = Reflect.construct(original, args, target) as object;
    noteMade(made, args[0]);
    return made;
  }
  const standInFor = createStandIns();
  const prototype = Object.getOwnPropertyDescriptor(original, 'prototype') as PropertyDescriptor;
  // `instanceof` a bound function asks the function behind it.
  Object.defineProperty(construct, 'prototype', { value: prototype.value });
  const bound = disguise(construct.bind(undefined), original as never) as unknown as Constructor;
  Object.setPrototypeOf(bound, Object.getPrototypeOf(original));
  const { length: _length, name: _name, ...own } = Object.getOwnPropertyDescriptors(original);
  Object.defineProperties(bound, own);
  return bound;
}

type StandIns = (subclass: Constructor) => Constructor;

/**
 * A function with the prototype of an application's subclass, to make its instances by. V8 keeps with a class what the instances of
 * one constructor look like. It makes an object for `construct` first, and by the class itself the original's would follow: what it
 * keeps would change twice with every instance, each time the slow way (some 350 ns, ten times as long with fields).
 */
function createStandIns(): StandIns {
  const standIns = new WeakMap<Constructor, { readonly prototype: object; readonly standIn: Constructor }>();
  return (subclass) => {
    const prototype = subclass.prototype as unknown;
    // Then the engine takes one from the realm of the subclass.
    if (typeof prototype !== 'object' || prototype === null) return subclass;
    const known = standIns.get(subclass);
    if (known?.prototype === prototype) return known.standIn;
    const standIn = functionWith(prototype);
    standIns.set(subclass, { prototype, standIn });
    return standIn;
  };
}

function functionWith(prototype: object): Constructor {
  function standIn(this: unknown): void {}
  standIn.prototype = prototype;
  return standIn as unknown as Constructor;
}
