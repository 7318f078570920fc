// Writes pprof: the value types inuse_objects and inuse_space that Go's heap profiles have, so that every tool picks the right
// defaults. pprof has no script ids: frames that differ in nothing else become one.
import {
  EXTERNAL_DOMAIN,
  frameAt,
  framesOfStack,
  type Profile,
  type ProfileMetadata,
} from '../../model/index.ts';
import { StringInterner } from '../columns/string-interner.ts';
import {
  DOMAIN_LABEL,
  EXTERNAL_LABEL,
  FUNCTION,
  LABEL,
  LINE,
  LOCATION,
  METADATA_COMMENT,
  PROFILE,
  SAMPLE,
  VALUE_TYPE,
} from './pprof-fields.ts';
import { ProtobufWriter } from './protobuf-writer.ts';

/** Not compressed; files are, by gzip. */
export function encodePprof(profile: Profile): Uint8Array {
  return new PprofWriter(profile).write();
}

class PprofWriter {
  readonly #profile: Profile;
  readonly #writer = new ProtobufWriter();
  readonly #strings = new StringInterner();

  constructor(profile: Profile) {
    this.#profile = profile;
    // The format reserves number 0.
    this.#strings.intern('');
  }

  write(): Uint8Array {
    this.#valueType(PROFILE.sampleType, 'inuse_objects', 'count');
    this.#valueType(PROFILE.sampleType, 'inuse_space', 'bytes');
    this.#writer.number(PROFILE.defaultSampleType, this.#strings.intern('inuse_space'));
    this.#metadata(this.#profile.metadata);
    this.#samples();
    this.#locations();
    for (const text of this.#strings.strings()) this.#writer.text(PROFILE.stringTable, text);
    return this.#writer.bytes();
  }

  #valueType(field: number, type: string, unit: string): void {
    const message = new ProtobufWriter()
      .number(VALUE_TYPE.type, this.#strings.intern(type))
      .number(VALUE_TYPE.unit, this.#strings.intern(unit));
    this.#writer.message(field, message);
  }

  #metadata(metadata: ProfileMetadata): void {
    const { atSeconds, sampleIntervalBytes } = metadata;
    if (atSeconds !== undefined) this.#writer.number(PROFILE.timeNanos, Math.round(atSeconds * 1e9));
    if (sampleIntervalBytes !== undefined) {
      this.#valueType(PROFILE.periodType, 'space', 'bytes');
      this.#writer.number(PROFILE.period, Math.round(sampleIntervalBytes));
    }
    const comment = this.#strings.intern(`${METADATA_COMMENT}${JSON.stringify(metadata)}`);
    this.#writer.numbers(PROFILE.comment, [comment]);
  }

  #samples(): void {
    const { stack, bytes, count, domain } = this.#profile.samples;
    for (const [sample, index] of stack.entries()) {
      const locations = framesOfStack(this.#profile, index).map(locationId);
      const message = new ProtobufWriter()
        .numbers(SAMPLE.locationId, locations)
        .numbers(SAMPLE.value, [count[sample] ?? 0, bytes[sample] ?? 0]);
      if (domain[sample] === EXTERNAL_DOMAIN) message.message(SAMPLE.label, this.#externalLabel());
      this.#writer.message(PROFILE.sample, message);
    }
  }

  #externalLabel(): ProtobufWriter {
    return new ProtobufWriter()
      .number(LABEL.key, this.#strings.intern(DOMAIN_LABEL))
      .number(LABEL.text, this.#strings.intern(EXTERNAL_LABEL));
  }

  /** One location a frame; one function a name and file. */
  #locations(): void {
    const functions = new Map<string, number>();
    for (const frame of this.#profile.frames.line.keys()) {
      const { functionName, file, line, column } = frameAt(this.#profile, frame);
      const key = `${functionName}\0${file}`;
      const known = functions.get(key);
      const functionId = known ?? functions.size + 1;
      if (known === undefined) {
        functions.set(key, functionId);
        this.#function(functionId, functionName, file);
      }
      const position = new ProtobufWriter()
        .number(LINE.functionId, functionId)
        .number(LINE.line, line)
        .number(LINE.column, column);
      this.#writer.message(
        PROFILE.location,
        new ProtobufWriter().number(LOCATION.id, locationId(frame)).message(LOCATION.line, position),
      );
    }
  }

  #function(id: number, name: string, file: string): void {
    const message = new ProtobufWriter()
      .number(FUNCTION.id, id)
      // Viewers show a name that is empty as unknown; the exact one stands beside it.
      .number(FUNCTION.name, this.#strings.intern(name || '(anonymous)'))
      .number(FUNCTION.systemName, this.#strings.intern(name))
      .number(FUNCTION.filename, this.#strings.intern(file));
    this.#writer.message(PROFILE.function, message);
  }
}

/** 0 is reserved. */
function locationId(frame: number): number {
  return frame + 1;
}
