// Reads pprof: ours, and that of @datadog/pprof, Pyroscope, Go and others.
import { EXTERNAL_DOMAIN, HEAP_DOMAIN, type Profile, type ProfileMetadata } from '../../model/index.ts';
import { ProfileBuilder } from '../builder.ts';
import { invalid } from '../errors.ts';
import { MAX_STACK_DEPTH } from '../limits.ts';
import { parseMetadata } from './metadata.ts';
import { DOMAIN_LABEL, EXTERNAL_LABEL, LABEL, SAMPLE } from './pprof-fields.ts';
import { PprofMessages } from './pprof-messages.ts';
import { PprofStacks } from './pprof-stacks.ts';
import { chooseValues, readValueType, type ValueColumns } from './pprof-values.ts';
import type { ProtobufReader } from './protobuf-reader.ts';

/** Of uncompressed data. Throws PROFILE_INVALID, PROFILE_TOO_LARGE or PROFILE_NOT_MEMORY. */
export function decodePprof(bytes: Uint8Array): Profile {
  const messages = new PprofMessages(bytes);
  const columns = chooseValues(messages);
  const builder = new ProfileBuilder(messages.sampleCount);
  const stacks = new PprofStacks(messages, builder);
  const sample = new SampleReader(messages);
  messages.eachSample((message) => {
    sample.read(message, columns);
    const stack = stacks.stackOf(sample.locations, sample.depth);
    builder.addSample(
      stack,
      sample.bytes,
      sample.count,
      sample.labelledExternal ? EXTERNAL_DOMAIN : HEAP_DOMAIN,
    );
  });
  return builder.build(metadataOf(messages, columns));
}

/** Values of a sample: one a value type. Profilers write up to four. */
const MOST_VALUES = 64;

/** One sample at a time, into the same fields: there are millions. */
class SampleReader {
  readonly #messages: PprofMessages;
  readonly #values = new Float64Array(MOST_VALUES);
  #valueCount = 0;
  /** Ids, leaf first, of which the first `depth` count. */
  readonly locations = new Float64Array(MAX_STACK_DEPTH);
  depth = 0;
  bytes = 0;
  count = 0;
  labelledExternal = false;

  constructor(messages: PprofMessages) {
    this.#messages = messages;
  }

  read(message: ProtobufReader, columns: ValueColumns): void {
    this.depth = 0;
    this.#valueCount = 0;
    this.labelledExternal = false;
    while (message.next()) this.#take(message);
    if (this.#valueCount !== columns.total)
      throw invalid(`a sample has ${this.#valueCount} values, not ${columns.total}`);
    this.bytes = this.#values[columns.bytes] ?? 0;
    this.count = columns.count === undefined ? 0 : (this.#values[columns.count] ?? 0);
  }

  #take(message: ProtobufReader): void {
    switch (message.field) {
      case SAMPLE.locationId:
        this.depth = message.numbers(this.locations, this.depth);
        return;
      case SAMPLE.value:
        this.#valueCount = message.numbers(this.#values, this.#valueCount);
        return;
      case SAMPLE.label:
        this.labelledExternal ||= this.#isExternalLabel(message.message());
        return;
      default:
        message.skip();
    }
  }

  #isExternalLabel(label: ProtobufReader): boolean {
    let key = 0;
    let text = 0;
    while (label.next()) {
      if (label.field === LABEL.key) key = label.number();
      else if (label.field === LABEL.text) text = label.number();
      else label.skip();
    }
    return this.#messages.string(key) === DOMAIN_LABEL && this.#messages.string(text) === EXTERNAL_LABEL;
  }
}

function metadataOf(messages: PprofMessages, columns: ValueColumns): ProfileMetadata {
  const own = messages.ownMetadata();
  if (own !== undefined) return parseMetadata(own);
  return {
    ...(messages.timeNanos > 0 ? { atSeconds: messages.timeNanos / 1e9 } : {}),
    ...sampleInterval(messages),
    counts: columns.count === undefined ? 'none' : 'objects',
  };
}

function sampleInterval(messages: PprofMessages): Pick<ProfileMetadata, 'sampleIntervalBytes'> {
  const { periodType, period } = messages;
  if (periodType === undefined || period <= 0) return {};
  return readValueType(messages, periodType).unit === 'bytes' ? { sampleIntervalBytes: period } : {};
}
