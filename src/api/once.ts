// A value that is made when it is first needed.

/** `make`, called when it is first needed and never again. */
export function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
