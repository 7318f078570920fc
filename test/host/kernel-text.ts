// What every parser of a kernel file is held to: it parses or throws its own error, whatever the bytes.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ParseError } from '../../src/model/index.ts';

/** The result, or undefined where the parser refused. Anything thrown but a ParseError fails the test. */
export function parseOrRefuse<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    assert.ok(error instanceof ParseError, `threw ${String(error)}`);
    return undefined;
  }
}

const KERNEL_CHARACTERS = '0123456789 -.\n:()kB=\0'.split('');

/** Arbitrary bytes, and `valid` with a few of its bytes replaced, dropped or doubled: near misses find more than noise. */
export function hostileBytes(valid: Uint8Array): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({
    at: fc.nat(Math.max(0, valid.length - 1)),
    drop: fc.nat(3),
    insert: fc.uint8Array({ maxLength: 3 }),
  });
  const damaged = fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce<Uint8Array>(
        (bytes, { at, drop, insert }) =>
          Uint8Array.from([...bytes.slice(0, at), ...insert, ...bytes.slice(at + drop)]),
        valid,
      ),
    );
  const characters = fc.array(fc.constantFrom(...KERNEL_CHARACTERS), { maxLength: 60 });
  return fc.oneof(
    damaged,
    fc.uint8Array({ maxLength: 200 }),
    characters.map((list) => Buffer.from(list.join(''))),
  );
}

/** Checks `parse` against hostile variants of a valid text. */
export function assertParsesOrRefuses(valid: string, parse: (text: string) => unknown): void {
  assert.notEqual(parse(valid), undefined, 'the valid text parses');
  fc.assert(
    fc.property(hostileBytes(Buffer.from(valid)), (bytes) => {
      parseOrRefuse(() => parse(Buffer.from(bytes).toString('utf8')));
    }),
    { numRuns: 500 },
  );
}

/** Cuts a valid text at every byte: what is still read has to be what the whole text says. */
export function assertNeverWrongWhenCut<T>(valid: string, read: (text: string) => T): void {
  const whole = read(valid);
  for (let length = 0; length < valid.length; length += 1) {
    const part = parseOrRefuse(() => read(valid.slice(0, length)));
    if (part !== undefined) assert.deepEqual(part, whole, `cut after ${length} characters`);
  }
}
