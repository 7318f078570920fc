// Plimsoll's own format: the columns of a Profile as JSON, one key a column. It carries everything.
//
//   { "format": "plimsoll-profile", "version": 1, "metadata": { … }, "functionNames": [ … ],
//     "files": [ { "path": …, "origin": { "kind": … } } ],
//     "frames": { "functionName": [ … ], "file": [ … ], "line": [ … ], "column": [ … ], "scriptId": [ … ] },
//     "stacks": { "parent": [ … ], "frame": [ … ] },
//     "samples": { "stack": [ … ], "bytes": [ … ], "count": [ … ], "domain": [ … ] } }
//
// Numbers refer to entries of other columns as in the Profile; -1 is none.
import {
  EXTERNAL_DOMAIN,
  type FrameOrigin,
  HEAP_DOMAIN,
  NO_SCRIPT,
  NO_STACK,
  type Profile,
  type SourceFile,
} from '../../model/index.ts';
import { PairInterner } from '../columns/pair-interner.ts';
import { invalid, ProfileError } from '../errors.ts';
import { checkDepth, checkEntries } from '../limits.ts';
import { isObject, readMetadata } from './metadata.ts';

export const JSON_FORMAT = 'plimsoll-profile';
const VERSION = 1;

export function encodeJson(profile: Profile): string {
  const { metadata, functionNames, files, frames, stacks, samples } = profile;
  const document = {
    format: JSON_FORMAT,
    version: VERSION,
    metadata,
    functionNames,
    files,
    frames: columnsToArrays(frames),
    stacks: columnsToArrays(stacks),
    samples: columnsToArrays(samples),
  };
  return JSON.stringify(document);
}

function columnsToArrays(table: object): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(table).map(([name, column]) => [name, Array.from(column as ArrayLike<number>)]),
  );
}

/** Of a parsed document. Throws PROFILE_INVALID, PROFILE_VERSION or PROFILE_TOO_LARGE. */
export function decodeJson(document: Readonly<Record<string, unknown>>): Profile {
  if (document.version !== VERSION)
    throw new ProfileError(
      'PROFILE_VERSION',
      `the profile is of version ${String(document.version)}, not ${VERSION}`,
    );
  const functionNames = list(document.functionNames, 'functionNames').map(text);
  const files = list(document.files, 'files').map(sourceFile);
  const frames = new Table(document.frames, 'frames');
  const stacks = new Table(document.stacks, 'stacks');
  const samples = new Table(document.samples, 'samples');
  const profile: Profile = {
    metadata: readMetadata(document.metadata),
    functionNames,
    files,
    frames: {
      functionName: frames.integers('functionName', 0, functionNames.length),
      file: frames.integers('file', 0, files.length),
      line: frames.integers('line', 0, 2 ** 31),
      column: frames.integers('column', 0, 2 ** 31),
      scriptId: frames.integers('scriptId', NO_SCRIPT, 2 ** 31),
    },
    stacks: {
      parent: stacks.integers('parent', NO_STACK, 2 ** 31),
      frame: stacks.integers('frame', 0, frames.length),
    },
    samples: {
      stack: samples.integers('stack', 0, stacks.length),
      bytes: samples.weights('bytes'),
      count: samples.weights('count'),
      domain: Uint8Array.from(samples.integers('domain', HEAP_DOMAIN, EXTERNAL_DOMAIN + 1)),
    },
  };
  checkStacks(profile);
  checkSamples(profile);
  return profile;
}

/** The columns of one table, all of one length. */
class Table {
  readonly #columns: Readonly<Record<string, unknown>>;
  readonly #name: string;
  readonly length: number;

  constructor(columns: unknown, name: string) {
    if (!isObject(columns)) throw invalid(`${name} is no object`);
    this.#columns = columns;
    this.#name = name;
    this.length = list(Object.values(columns)[0], name).length;
    checkEntries(this.length, name);
  }

  /** From `least` to `bound`, which is not in it. */
  integers(name: string, least: number, bound: number): Int32Array {
    const values = this.#column(name);
    for (const value of values)
      if (!Number.isInteger(value) || value < least || value >= bound)
        throw invalid(
          `${this.#name}.${name} has ${String(value)}, which is not from ${least} to ${bound - 1}`,
        );
    return Int32Array.from(values);
  }

  weights(name: string): Float64Array {
    const values = this.#column(name);
    for (const value of values)
      if (!Number.isSafeInteger(value) || value < 0)
        throw invalid(`${this.#name}.${name} has ${String(value)}, which is no whole number from 0`);
    return Float64Array.from(values);
  }

  #column(name: string): readonly number[] {
    const values = list(this.#columns[name], `${this.#name}.${name}`) as readonly number[];
    if (values.length !== this.length)
      throw invalid(`${this.#name}.${name} has ${values.length} entries, not ${this.length}`);
    return values;
  }
}

function checkStacks({ stacks: { parent, frame } }: Profile): void {
  const known = new PairInterner(parent.length);
  const depths = new Int32Array(parent.length);
  for (let stack = 0; stack < parent.length; stack += 1) {
    const caller = parent[stack] as number;
    if (caller >= stack) throw invalid(`stacks.parent has ${caller} at ${stack}: a parent comes first`);
    const depth = caller === NO_STACK ? 1 : (depths[caller] as number) + 1;
    checkDepth(depth);
    depths[stack] = depth;
    if (known.intern(caller, frame[stack] as number) !== stack)
      throw invalid(`stacks has number ${stack} twice`);
  }
}

function checkSamples({ stacks, samples: { stack, domain, bytes, count } }: Profile): void {
  /** By stack, a bit for each domain. */
  const known = new Uint8Array(stacks.parent.length);
  for (let sample = 0; sample < stack.length; sample += 1) {
    const index = stack[sample] as number;
    const bit = 1 << (domain[sample] as number);
    if (((known[index] as number) & bit) !== 0) throw invalid(`samples has number ${sample} twice`);
    known[index] = (known[index] as number) | bit;
    if (bytes[sample] === 0 && count[sample] === 0) throw invalid(`samples has nothing at ${sample}`);
  }
}

function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(`${what} is no list`);
  return value;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw invalid(`functionNames has ${JSON.stringify(value)?.slice(0, 100)}`);
  return value;
}

function sourceFile(value: unknown): SourceFile {
  if (!isObject(value) || typeof value.path !== 'string') throw invalid('files has an entry without a path');
  return { path: value.path, origin: origin(value.origin) };
}

function origin(value: unknown): FrameOrigin {
  const given = isObject(value) ? value : {};
  switch (given.kind) {
    case 'application':
    case 'node':
    case 'native':
    case 'external':
      return { kind: given.kind };
    case 'dependency':
      return dependency(given);
    default:
      throw invalid('files has an entry of no known origin');
  }
}

function dependency({ packageName, version }: Readonly<Record<string, unknown>>): FrameOrigin {
  if (typeof packageName !== 'string') throw invalid('files has a dependency without a name');
  return { kind: 'dependency', packageName, ...(typeof version === 'string' ? { version } : {}) };
}
