// /proc/[pid]/statm: a process's memory in pages, exact. Source: proc_pid_statm(5).
import { FieldCursor } from './field-cursor.ts';

export interface PidStatm {
  readonly sizePages: number;
  readonly residentPages: number;
}

/**
 * Reads the first `length` of `bytes`.
 * @throws {ParseError} where the first two fields are no numbers.
 */
export function parsePidStatm(bytes: Uint8Array, length: number): PidStatm {
  const fields = new FieldCursor('[pid]/statm', bytes, 0, length);
  return { sizePages: fields.unsigned(), residentPages: fields.unsigned() };
}
