// The settings file: JSON, its names in camelCase.
import { readFileSync } from 'node:fs';
import { CodedError } from '../model/index.ts';

/** The parsed file; loadSettings checks what is in it. Throws CONFIG_FILE_UNREADABLE or CONFIG_FILE_INVALID. */
export function readConfigFile(path: string): unknown {
  const text = readText(path);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CodedError(
      'CONFIG_FILE_INVALID',
      `${path} is not JSON: ${(cause as Error).message}`,
      'correct it',
      {
        cause,
      },
    );
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CodedError(
      'CONFIG_FILE_UNREADABLE',
      `the settings file cannot be read: ${(cause as Error).message}`,
      'give a file that exists and that this user may read',
      { cause },
    );
  }
}
