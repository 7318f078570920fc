// The first walk over a pprof file: where each message lies, its strings, and its few top-level numbers. Messages come in any
// order and refer to each other by id, so nothing can be resolved before all are known.
import { GrowingInt32 } from '../columns/growing-int32.ts';
import { invalid } from '../errors.ts';
import { checkEntries } from '../limits.ts';
import { METADATA_COMMENT, PROFILE } from './pprof-fields.ts';
import { type ByteRange, ProtobufReader } from './protobuf-reader.ts';

/** In one list. Profilers write one or two. */
const MOST_COMMENTS = 1000;

export class PprofMessages {
  readonly sampleTypes: ProtobufReader[] = [];
  readonly mappings: ProtobufReader[] = [];
  readonly locations: ProtobufReader[] = [];
  readonly functions: ProtobufReader[] = [];
  readonly comments: number[] = [];
  periodType: ProtobufReader | undefined;
  period = 0;
  timeNanos = 0;
  defaultSampleType = 0;
  readonly #strings: string[] = [];
  readonly #bytes: Uint8Array;
  /** Of the samples, start and end by turns. */
  readonly #sampleEdges = new GrowingInt32();
  #sampleCount = 0;

  /** Throws PROFILE_INVALID or PROFILE_TOO_LARGE. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const reader = new ProtobufReader(bytes);
    for (let fields = 0; reader.next(); fields += 1) {
      checkEntries(fields, 'messages');
      this.#take(reader);
    }
  }

  get sampleCount(): number {
    return this.#sampleCount;
  }

  /** Calls back for each sample, with the same reader: there are millions, and a generator would cost as much as reading them. */
  eachSample(read: (message: ProtobufReader) => void): void {
    const reader = new ProtobufReader(this.#bytes);
    for (let edge = 0; edge < this.#sampleCount * 2; edge += 2) {
      reader.moveTo(this.#sampleEdges.get(edge), this.#sampleEdges.get(edge + 1));
      read(reader);
    }
  }

  string(index: number): string {
    const text = this.#strings[index];
    if (text === undefined) throw invalid(`the pprof data has no string ${index}`);
    return text;
  }

  /** The metadata of a file of ours, as JSON. */
  ownMetadata(): string | undefined {
    return this.comments
      .map((index) => this.string(index))
      .find((comment) => comment.startsWith(METADATA_COMMENT))
      ?.slice(METADATA_COMMENT.length);
  }

  #take(reader: ProtobufReader): void {
    switch (reader.field) {
      case PROFILE.sampleType:
        this.sampleTypes.push(reader.message());
        return;
      case PROFILE.sample:
        this.#takeSample(reader.range());
        return;
      case PROFILE.mapping:
        this.mappings.push(reader.message());
        return;
      case PROFILE.location:
        this.locations.push(reader.message());
        return;
      case PROFILE.function:
        this.functions.push(reader.message());
        return;
      case PROFILE.stringTable:
        this.#strings.push(reader.text());
        return;
      case PROFILE.comment:
        this.#takeComments(reader);
        return;
      case PROFILE.periodType:
        this.periodType = reader.message();
        return;
      default:
        this.#takeNumber(reader);
    }
  }

  #takeSample({ start, end }: ByteRange): void {
    this.#sampleEdges.set(this.#sampleCount * 2, start);
    this.#sampleEdges.set(this.#sampleCount * 2 + 1, end);
    this.#sampleCount += 1;
  }

  #takeComments(reader: ProtobufReader): void {
    const indices = new Float64Array(MOST_COMMENTS);
    const length = reader.numbers(indices, 0);
    this.comments.push(...indices.subarray(0, length));
  }

  #takeNumber(reader: ProtobufReader): void {
    switch (reader.field) {
      case PROFILE.period:
        this.period = reader.number();
        return;
      case PROFILE.timeNanos:
        this.timeNanos = reader.number();
        return;
      case PROFILE.defaultSampleType:
        this.defaultSampleType = reader.number();
        return;
      default:
        reader.skip();
    }
  }
}
