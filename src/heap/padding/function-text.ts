// What a program reads of a padded function: its text as it was written. Frameworks call an anonymous plugin by the beginning of its
// text, containers find parameters in it, and some send it to be run elsewhere.
import { PADDING_PREFIX, PADDING_STATEMENT } from './padding.ts';

/** The text with nothing of the padding in it. */
export function withoutPadding(text: string): string {
  return (
    text
      .replaceAll(`{${PADDING_STATEMENT}`, '{')
      // After a directive, a semicolon of ours goes before it.
      .replaceAll(`;${PADDING_STATEMENT}`, '')
      .replaceAll(PADDING_PREFIX, '')
  );
}

/**
 * In this thread, for as long as it lives: what is padded stays so. Under --frozen-intrinsics nothing changes, and the padding shows.
 * A proxy, so that name, length and what else there is to ask stay as they are.
 */
export function showTextAsWritten(prototype: { toString(): string } = Function.prototype): void {
  const native = prototype.toString;
  const shown = new Proxy(native, {
    apply: (_, self: unknown) => withoutPadding(Reflect.apply(native, self === shown ? native : self, [])),
  });
  const descriptor = Reflect.getOwnPropertyDescriptor(prototype, 'toString');
  Reflect.defineProperty(prototype, 'toString', { ...descriptor, value: shown });
}
