// From a pprof sample's location ids to a stack. A location is several frames where functions were inlined, and only an address
// where there were no symbols.
import { NO_STACK } from '../../model/index.ts';
import type { ProfileBuilder } from '../builder.ts';
import { GrowingInt32 } from '../columns/growing-int32.ts';
import { IdMap } from '../columns/id-map.ts';
import { invalid } from '../errors.ts';
import { MAX_STACK_DEPTH } from '../limits.ts';
import { FUNCTION, LINE, LOCATION, MAPPING } from './pprof-fields.ts';
import type { PprofMessages } from './pprof-messages.ts';
import type { ProtobufReader } from './protobuf-reader.ts';

interface NamedFunction {
  readonly name: string;
  readonly file: string;
}

export class PprofStacks {
  readonly #messages: PprofMessages;
  readonly #builder: ProfileBuilder;
  /** Where a function's exact name stands: ours have one for viewers too. */
  readonly #nameField: number;
  readonly #files: ReadonlyMap<number, string>;
  readonly #functions: ReadonlyMap<number, NamedFunction>;
  /** Index into `#frames`, by id. */
  readonly #locationIndices = new IdMap();
  /** Frames of each location, outermost first. */
  readonly #frames: (readonly number[])[] = [];
  /** Of a location with one frame, that frame + 1: nearly all are such, and a column is nearer to hand than lists. */
  readonly #onlyFrames = new GrowingInt32();
  /**
   * The newest sample's locations and their stacks, outermost first. Profilers write a tree, so neighbours share most of
   * their callers and need not look them up again.
   */
  readonly #locations = new Float64Array(MAX_STACK_DEPTH);
  readonly #stacks = new Int32Array(MAX_STACK_DEPTH);
  #depth = 0;

  constructor(messages: PprofMessages, builder: ProfileBuilder) {
    this.#messages = messages;
    this.#builder = builder;
    this.#files = new Map(messages.mappings.map((message) => this.#mapping(message)));
    this.#nameField = messages.ownMetadata() === undefined ? FUNCTION.name : FUNCTION.systemName;
    this.#functions = new Map(messages.functions.map((message) => this.#function(message)));
    for (const message of messages.locations) this.#location(message);
  }

  /** Of the first `depth` location ids, leaf first. */
  stackOf(locations: Float64Array, depth: number): number {
    if (depth === 0) return this.#builder.stackOf([]);
    const shared = this.#sharedWithNewest(locations, depth);
    let stack = shared === 0 ? NO_STACK : (this.#stacks[shared - 1] as number);
    for (let index = shared; index < depth; index += 1) {
      const location = locations[depth - 1 - index] as number;
      stack = this.#called(stack, location);
      this.#locations[index] = location;
      this.#stacks[index] = stack;
    }
    this.#depth = depth;
    return stack;
  }

  #sharedWithNewest(locations: Float64Array, depth: number): number {
    const most = Math.min(depth, this.#depth);
    let shared = 0;
    while (shared < most && this.#locations[shared] === locations[depth - 1 - shared]) shared += 1;
    return shared;
  }

  /** The stack in which `caller` called the frames of a location, which is given by its id. */
  #called(caller: number, location: number): number {
    const index = this.#locationIndices.get(location);
    const onlyFrame = index < 0 ? 0 : this.#onlyFrames.get(index);
    if (onlyFrame > 0) return this.#builder.stack(caller, onlyFrame - 1);
    const frames = this.#frames[index];
    if (frames === undefined) throw invalid(`a sample is at location ${location}, which is not there`);
    return frames.reduce((stack, frame) => this.#builder.stack(stack, frame), caller);
  }

  #mapping(message: ProtobufReader): [number, string] {
    let id = 0;
    let file = 0;
    while (message.next()) {
      if (message.field === MAPPING.id) id = message.number();
      else if (message.field === MAPPING.filename) file = message.number();
      else message.skip();
    }
    return [id, this.#messages.string(file)];
  }

  #function(message: ProtobufReader): [number, NamedFunction] {
    let id = 0;
    let name = 0;
    let file = 0;
    while (message.next()) {
      if (message.field === FUNCTION.id) id = message.number();
      else if (message.field === this.#nameField) name = message.number();
      else if (message.field === FUNCTION.filename) file = message.number();
      else message.skip();
    }
    return [id, { name: this.#messages.string(name), file: this.#messages.string(file) }];
  }

  #location(message: ProtobufReader): void {
    let id = 0;
    let mapping = 0;
    let address = 0;
    const frames: number[] = [];
    while (message.next()) {
      if (message.field === LOCATION.id) id = message.number();
      else if (message.field === LOCATION.mappingId) mapping = message.number();
      else if (message.field === LOCATION.address) address = message.number();
      else if (message.field === LOCATION.line) frames.unshift(this.#line(message.message()));
      else message.skip();
    }
    if (frames.length === 0) frames.push(this.#address(address, mapping));
    const index = this.#frames.push(frames) - 1;
    this.#locationIndices.set(id, index);
    if (frames.length === 1) this.#onlyFrames.set(index, (frames[0] as number) + 1);
  }

  #line(message: ProtobufReader): number {
    let functionId = 0;
    let line = 0;
    let column = 0;
    while (message.next()) {
      if (message.field === LINE.functionId) functionId = message.number();
      else if (message.field === LINE.line) {
        message.number();
        // @datadog/pprof can be told to put the column above the line's 32 bits.
        line = message.low;
        column = message.high;
      } else if (message.field === LINE.column) column = message.number();
      else message.skip();
    }
    const named = this.#functions.get(functionId);
    if (named === undefined) throw invalid(`a location is in function ${functionId}, which is not there`);
    return this.#builder.frame({ functionName: named.name, file: named.file, line, column });
  }

  #address(address: number, mapping: number): number {
    return this.#builder.frame({
      functionName: `0x${address.toString(16)}`,
      file: this.#files.get(mapping) ?? '',
      line: 0,
      column: 0,
    });
  }
}
