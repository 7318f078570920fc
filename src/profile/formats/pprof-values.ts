// Which of a pprof file's value types are live bytes and live objects: a file has as many as its profiler measures.
import { ProfileError } from '../errors.ts';
import { VALUE_TYPE } from './pprof-fields.ts';
import type { PprofMessages } from './pprof-messages.ts';
import type { ProtobufReader } from './protobuf-reader.ts';

/** Indices of a sample's values. */
export interface ValueColumns {
  readonly bytes: number;
  /** Absent where objects are not counted. */
  readonly count?: number;
  readonly total: number;
}

export interface ValueType {
  readonly type: string;
  readonly unit: string;
}

/** What profilers call live bytes, the most certain first. */
const LIVE_BYTES = ['inuse_space', 'space', 'live_bytes'];

/** Throws PROFILE_NOT_MEMORY where no value is in bytes. */
export function chooseValues(messages: PprofMessages): ValueColumns {
  const types = messages.sampleTypes.map((message) => readValueType(messages, message));
  const bytes = chooseBytes(types, messages.string(messages.defaultSampleType));
  const partner = types[bytes]?.type.replace('space', 'objects').replace('bytes', 'objects');
  const counts = types.flatMap(({ unit }, index) => (unit === 'count' ? [index] : []));
  const count = counts.find((index) => types[index]?.type === partner) ?? counts[0];
  return { bytes, ...(count === undefined ? {} : { count }), total: types.length };
}

export function readValueType(messages: PprofMessages, message: ProtobufReader): ValueType {
  let type = 0;
  let unit = 0;
  while (message.next()) {
    if (message.field === VALUE_TYPE.type) type = message.number();
    else if (message.field === VALUE_TYPE.unit) unit = message.number();
    else message.skip();
  }
  return { type: messages.string(type), unit: messages.string(unit) };
}

function chooseBytes(types: readonly ValueType[], defaultType: string): number {
  const inBytes = types.flatMap(({ unit }, index) => (unit === 'bytes' ? [index] : []));
  const named = (name: string) => inBytes.find((index) => types[index]?.type === name);
  const live = LIVE_BYTES.map(named).find((index) => index !== undefined);
  const chosen = live ?? named(defaultType) ?? inBytes.at(-1);
  if (chosen !== undefined) return chosen;
  const units = types.map(({ type, unit }) => `${type} in ${unit}`).join(', ');
  throw new ProfileError('PROFILE_NOT_MEMORY', `the profile measures ${units || 'nothing'}`);
}
