// The first walk over a pprof file: where each message lies, its strings, and its few top-level numbers. Messages come in any
// order and refer to each other by id, so nothing can be resolved before all are known.
import { invalid } from '../errors.ts';
import { checkEntries } from '../limits.ts';
import { PROFILE } from './pprof-fields.ts';
import { ProtobufReader } from './protobuf-reader.ts';

export class PprofMessages {
  readonly sampleTypes: ProtobufReader[] = [];
  readonly samples: ProtobufReader[] = [];
  readonly mappings: ProtobufReader[] = [];
  readonly locations: ProtobufReader[] = [];
  readonly functions: ProtobufReader[] = [];
  readonly comments: number[] = [];
  periodType: ProtobufReader | undefined;
  period = 0;
  timeNanos = 0;
  defaultSampleType = 0;
  readonly #strings: string[] = [];

  /** Throws PROFILE_INVALID or PROFILE_TOO_LARGE. */
  constructor(bytes: Uint8Array) {
    const reader = new ProtobufReader(bytes);
    for (let fields = 0; reader.next(); fields += 1) {
      checkEntries(fields, 'messages');
      this.#take(reader);
    }
  }

  string(index: number): string {
    const text = this.#strings[index];
    if (text === undefined) throw invalid(`the pprof data has no string ${index}`);
    return text;
  }

  #take(reader: ProtobufReader): void {
    switch (reader.field) {
      case PROFILE.sampleType:
        this.sampleTypes.push(reader.message());
        return;
      case PROFILE.sample:
        this.samples.push(reader.message());
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
        reader.numbers((index) => this.comments.push(index));
        return;
      case PROFILE.periodType:
        this.periodType = reader.message();
        return;
      default:
        this.#takeNumber(reader);
    }
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
