// With the ledger's hooks in place everything about buffers is as it was: results, errors, identities, subclasses.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { otherNodes } from '../../scripts/other-nodes.ts';
import { type BufferReport, type BufferWatch, watchBuffers } from '../../src/heap/index.ts';

type Call = (...args: unknown[]) => unknown;
type Constructor = new (...args: unknown[]) => object;

const world = globalThis as unknown as Record<string, Constructor>;
const TypedArray = Object.getPrototypeOf(Uint8Array) as Constructor;
const TYPED = Object.getOwnPropertyNames(globalThis).filter(
  (name) => typeof world[name] === 'function' && Object.getPrototypeOf(world[name]) === TypedArray,
);
const CONSTRUCTORS = [...TYPED, 'ArrayBuffer', 'SharedArrayBuffer'];
const FUNCTIONS = [
  'alloc',
  'allocUnsafe',
  'allocUnsafeSlow',
  'from',
  'concat',
  'copyBytesFrom',
  'of',
] as const;

const originals = new Map(CONSTRUCTORS.map((name) => [name, world[name] as Constructor]));
const buffer = Buffer as unknown as Record<string, Call>;
const originalFunctions = new Map(FUNCTIONS.map((name) => [name as string, buffer[name] as Call]));
const facts = (value: object) =>
  Reflect.ownKeys(value).map((key) => [key, { ...Object.getOwnPropertyDescriptor(value, key) }]);
const originalFacts = new Map(CONSTRUCTORS.map((name) => [name, facts(world[name] as Constructor)]));
const originalGlobals = CONSTRUCTORS.map(
  (name) => Object.getOwnPropertyDescriptor(globalThis, name)?.enumerable,
);

const reports: BufferReport[] = [];
let watch: BufferWatch | undefined;
before(() => {
  watch = watchBuffers({ wallSeconds: () => 0, onReport: (report) => reports.push(report) });
  assert.ok(watch);
});

/** What can be seen of an outcome: content, kind and size, or the error's name, code and message. */
function outcomeOf(run: () => unknown): unknown {
  try {
    const made = run() as object;
    const view = ArrayBuffer.isView(made) ? (made as Uint8Array) : undefined;
    const memory = view ? view.buffer : (made as ArrayBuffer);
    const resizable = 'resizable' in memory ? memory.resizable : (memory as SharedArrayBuffer).growable;
    return {
      prototype: Object.getPrototypeOf(made),
      constructed: (made as { constructor: unknown }).constructor,
      tag: Object.prototype.toString.call(made),
      bytes: (view ?? memory).byteLength,
      resizable,
      content: view ? Array.from(view as unknown as ArrayLike<unknown>, String).join() : undefined,
    };
  } catch (error) {
    const { name, message, code } = error as NodeJS.ErrnoException;
    return { name, message, code };
  }
}

const memory = new ArrayBuffer(64);
const shared = new SharedArrayBuffer(16);
const small = fc.integer({ min: 0, max: 9000 });
const strange = fc.constantFrom<unknown>(
  undefined,
  null,
  -1,
  1.5,
  Number.NaN,
  Infinity,
  2 ** 60,
  '7',
  '',
  'x',
  true,
  {},
  { length: 3, 0: 1, 2: 9 },
  { valueOf: () => 'abc' },
  [],
  [1, 2, 3],
  ['1', {}],
  [5n],
  5n,
  Symbol.iterator,
  () => 1,
  memory,
  shared,
  new Set([1, 2]),
  new DataView(memory),
);
const views = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.float64Array({ maxLength: 9 }),
  fc.string({ maxLength: 5000 }).map((text) => Buffer.from(text)),
);
const argument = fc.oneof(
  small,
  strange,
  views,
  fc.string({ maxLength: 5000 }),
  fc.array(fc.integer(), { maxLength: 9 }),
);
const encoding = fc.constantFrom<unknown>('utf8', 'hex', 'base64', 'latin1', 'nonsense', undefined, 3);
const options = fc.constantFrom<unknown>(
  { maxByteLength: 9000 },
  { maxByteLength: 1 },
  { maxByteLength: -1 },
  undefined,
);
const list = fc.array(fc.oneof(views, strange), { maxLength: 4 });

/** Some memory is not set by intention: only its size can agree. */
const UNSET = new Set(['allocUnsafe', 'allocUnsafeSlow']);

describe('with hooks', () => {
  for (const name of CONSTRUCTORS)
    it(`new ${name} answers as it did`, () => {
      const hooked = world[name] as Constructor;
      const original = originals.get(name) as Constructor;
      assert.notEqual(hooked, original);
      const args = fc.oneof(
        fc.tuple(argument),
        fc.tuple(argument, options),
        fc.tuple(argument, fc.oneof(small, strange), fc.oneof(small, strange)),
        fc.constant([]),
      );
      fc.assert(
        fc.property(args, (given) => {
          assert.deepEqual(
            outcomeOf(() => new hooked(...given)),
            outcomeOf(() => new original(...given)),
          );
        }),
        { numRuns: 300 },
      );
      const asFunction = (call: unknown) => outcomeOf(() => (call as Call)(3));
      assert.deepEqual(asFunction(hooked), asFunction(original));
    });

  for (const name of FUNCTIONS)
    it(`Buffer.${name} answers as it did`, () => {
      const [hooked, original] = [buffer[name] as Call, originalFunctions.get(name) as Call];
      assert.notEqual(hooked, original);
      const args = fc.oneof(
        fc.tuple(argument),
        fc.tuple(list),
        fc.tuple(argument, encoding),
        fc.tuple(list, fc.oneof(small, strange)),
        fc.tuple(argument, argument, encoding),
        fc.constant([]),
      );
      const seen = (outcome: unknown) =>
        UNSET.has(name) ? { ...(outcome as object), content: undefined } : outcome;
      fc.assert(
        fc.property(args, (given) => {
          assert.deepEqual(
            seen(outcomeOf(() => hooked.apply(Buffer, [...given]))),
            seen(outcomeOf(() => original.apply(Buffer, [...given]))),
          );
        }),
        { numRuns: 300 },
      );
      assert.deepEqual([hooked.name, hooked.length], [original.name, original.length]);
    });

  it('keep what can be seen of a constructor', () => {
    for (const name of CONSTRUCTORS) {
      const hooked = world[name] as Constructor;
      const original = originals.get(name) as Constructor;
      assert.deepEqual(new Map(facts(hooked) as never), new Map(originalFacts.get(name) as never), name);
      assert.equal(Object.getPrototypeOf(hooked), Object.getPrototypeOf(original));
      assert.equal(hooked.prototype, original.prototype);
      assert.match(Function.prototype.toString.call(hooked), /\[native code\]/);
    }
    const enumerable = CONSTRUCTORS.map(
      (name) => Object.getOwnPropertyDescriptor(globalThis, name)?.enumerable,
    );
    assert.deepEqual(enumerable, originalGlobals);
  });

  it('keep identities', () => {
    const bytes = new Uint8Array(100);
    assert.equal(bytes.constructor, Uint8Array);
    assert.ok(bytes instanceof Uint8Array && !(bytes instanceof Int8Array));
    assert.ok(Buffer.alloc(1) instanceof Uint8Array && Buffer.alloc(1) instanceof Buffer);
    assert.equal(Buffer.alloc(1).constructor, Buffer);
    assert.equal(Object.getPrototypeOf(Buffer), Uint8Array);
    assert.equal(bytes.buffer.constructor, ArrayBuffer);
    assert.ok(bytes.buffer instanceof ArrayBuffer);
    assert.equal(Uint8Array.of(1, 2).constructor, Uint8Array);
    assert.equal(Uint8Array.from([1, 2]).map((byte) => byte).constructor, Uint8Array);
    assert.equal(structuredClone(bytes).constructor, Uint8Array);
    assert.equal(Uint8Array[Symbol.species as never], Uint8Array);
    assert.deepStrictEqual(new Uint8Array([1, 2]), Uint8Array.of(1, 2));
    assert.ok(ArrayBuffer.isView(bytes));
  });

  it('keep subclasses and other realms', () => {
    class Bytes extends Uint8Array {
      readonly own = 7;
      twice(): number {
        return this.length * 2;
      }
    }
    class Memory extends ArrayBuffer {
      readonly own = 8;
    }
    const bytes = new Bytes(100);
    assert.deepEqual([bytes.own, bytes.twice(), bytes.constructor], [7, 200, Bytes]);
    assert.ok(bytes.slice(1) instanceof Bytes && bytes.subarray(1) instanceof Bytes);
    assert.ok(Bytes.from([1, 2]) instanceof Bytes && Bytes.of(1) instanceof Bytes);
    const memory = new Memory(100);
    assert.deepEqual([memory.own, memory.byteLength], [8, 100]);
    assert.ok(memory.slice(10) instanceof Memory);
    assert.ok(Reflect.construct(Uint8Array, [3], Bytes) instanceof Bytes);
    assert.equal(Object.getPrototypeOf(Reflect.construct(Uint8Array, [3], Object)), Object.prototype);
    // The prototype is the one that a class has when an instance is made, and what is none is the realm's.
    function Plain(): void {}
    const Changing = Plain as unknown as Constructor & { prototype: unknown };
    for (const prototype of [{ first: 1 }, { second: 2 }, Uint8Array.prototype]) {
      Changing.prototype = prototype as never;
      for (let round = 0; round < 2; round += 1)
        assert.equal(Object.getPrototypeOf(Reflect.construct(Uint8Array, [3], Changing)), prototype);
    }
    Changing.prototype = 5 as never;
    assert.equal(Object.getPrototypeOf(Reflect.construct(Uint8Array, [3], Changing)), Uint8Array.prototype);
    const Foreign = runInNewContext('function F() {}; F.prototype = null; F') as Constructor;
    const ofRealm = Object.getPrototypeOf(Reflect.construct(Uint8Array, [3], Foreign)) as object;
    assert.ok(ofRealm !== Uint8Array.prototype && ofRealm.constructor.name === 'Uint8Array');
    const foreign = runInNewContext('new Uint8Array([1, 2, 3])') as Uint8Array;
    assert.deepEqual([...new Uint8Array(foreign)], [1, 2, 3]);
    assert.deepEqual([...Buffer.from(foreign)], [1, 2, 3]);
  });

  it('let memory move', () => {
    const memory = new ArrayBuffer(200_000);
    new Uint8Array(memory)[0] = 5;
    const moved = (memory as ArrayBuffer & { transfer(bytes?: number): ArrayBuffer }).transfer(300_000);
    assert.deepEqual([memory.byteLength, moved.byteLength, new Uint8Array(moved)[0]], [0, 300_000, 5]);
    const { bytes } = structuredClone({ bytes: new Uint8Array(moved) }, { transfer: [moved] });
    assert.deepEqual([moved.byteLength, bytes.byteLength], [0, 300_000]);
    assert.throws(() => structuredClone(moved, { transfer: [moved] }), { name: 'DataCloneError' });
    const growing = new ArrayBuffer(100, { maxByteLength: 1000 } as never) as ArrayBuffer & {
      resize(bytes: number): void;
    };
    growing.resize(900);
    assert.equal(growing.byteLength, 900);
    assert.throws(() => growing.resize(2000), RangeError);
  });
});

describe('without hooks again', () => {
  after(() => watch?.stop());

  it('is all as it was', () => {
    const hooked = Uint8Array;
    watch?.stop();
    for (const name of CONSTRUCTORS) {
      assert.equal(world[name], originals.get(name));
      assert.deepEqual(facts(world[name] as Constructor), originalFacts.get(name));
      assert.equal((world[name] as Constructor).prototype.constructor, world[name]);
    }
    for (const name of FUNCTIONS) assert.equal(buffer[name], originalFunctions.get(name));
    assert.equal(Object.getPrototypeOf(Buffer), Uint8Array);
    assert.equal(new hooked(100_000).byteLength, 100_000, 'who kept a hook can go on using it');
  });

  it('leaves what somebody else has put there since', () => {
    const own = watchBuffers({ wallSeconds: () => 0, onReport: () => {} });
    const hooked = Buffer.alloc;
    const theirs: typeof Buffer.alloc = (size, ...rest) => hooked(size, ...(rest as [string]));
    Buffer.alloc = theirs;
    own?.stop();
    assert.equal(Buffer.alloc, theirs);
    assert.equal(Buffer.alloc(100_000).length, 100_000);
    Buffer.alloc = originalFunctions.get('alloc') as typeof Buffer.alloc;
  });
});

it('leaves frozen intrinsics alone', () => {
  const program = `
    import { watchBuffers } from '${new URL('../../src/heap/index.ts', import.meta.url).href}';
    watchBuffers({ wallSeconds: () => 0, onReport: () => {} });
    console.log(new Uint8Array(100).constructor === Uint8Array, Buffer.alloc(100).constructor === Buffer);`;
  const args = ['--frozen-intrinsics', '--input-type=module', '-e', program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(stdout, 'true true\n', stderr);
});

for (const node of otherNodes())
  it(`all of this holds on ${node.split('/').at(-3)}`, () => {
    const { status, stdout } = spawnSync(node, ['--test', import.meta.filename], {
      encoding: 'utf8',
      // It runs these tests alone, and starts no further Node.js.
      env: { ...process.env, PLIMSOLL_NODES: '', NODE_TEST_CONTEXT: undefined },
    });
    assert.equal(status, 0, stdout);
    assert.match(stdout, /pass 2\d/);
  });
