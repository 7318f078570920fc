// What can be wrong with a file that should be a profile. Readers throw nothing else, whatever the bytes.
import { CodedError } from '../model/index.ts';

const REMEDIES = {
  PROFILE_UNRECOGNISED: 'give a profile in one of the formats pprof, heapprofile, folded or json',
  PROFILE_INVALID: 'capture or export the profile again',
  PROFILE_VERSION: 'read it with the version of Plimsoll that wrote it, or a later one',
  PROFILE_TOO_LARGE: 'take the profile with a longer sampling interval or a lower stack depth',
  PROFILE_NOT_MEMORY: 'give a profile of memory: its samples have to be in bytes',
  HEAP_DUMP_NOT_SUPPORTED: 'heap dumps are not supported here yet; give an allocation profile',
} as const;

export type ProfileErrorCode = keyof typeof REMEDIES;

export class ProfileError extends CodedError {
  readonly #code: ProfileErrorCode;

  constructor(code: ProfileErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, REMEDIES[code], options);
    this.name = 'ProfileError';
    this.#code = code;
  }

  /** The same error, of the file of this name. */
  about(path: string): ProfileError {
    return new ProfileError(this.#code, `${path}: ${this.message}`, { cause: this });
  }
}

export function invalid(message: string): ProfileError {
  return new ProfileError('PROFILE_INVALID', message);
}
