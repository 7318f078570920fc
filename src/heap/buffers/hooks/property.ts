// Puts a value in a property's place, with everything else about the property as it was; the returned function takes it out
// again, unless somebody else has put theirs there since.

export function replaceProperty(owner: object, name: PropertyKey, value: unknown): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  if (!descriptor || !isReplaceable(owner, name)) return () => {};
  Object.defineProperty(owner, name, { ...descriptor, value });
  return () => {
    if (Object.getOwnPropertyDescriptor(owner, name)?.value === value)
      Object.defineProperty(owner, name, descriptor);
  };
}

/** Not where intrinsics are frozen. */
export function isReplaceable(owner: object, name: PropertyKey): boolean {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  return descriptor?.configurable === true && 'value' in descriptor;
}

type Callable = (...args: never[]) => unknown;

/** Name and length as the original has them. */
export function disguise<F extends Callable>(hook: F, original: Callable): F {
  for (const name of ['length', 'name'] as const)
    Object.defineProperty(hook, name, {
      value: original[name],
      writable: false,
      enumerable: false,
      configurable: true,
    });
  return hook;
}
