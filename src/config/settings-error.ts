// One error that tells every problem with the settings there is.
import { CodedError } from '../model/index.ts';
import type { SettingProblem } from './load.ts';

export class SettingsError extends CodedError {
  readonly problems: readonly SettingProblem[];

  /** `nameOf` names a setting as the user gave it, when that is not its own name: a flag. */
  constructor(
    problems: readonly SettingProblem[],
    nameOf: (problem: SettingProblem) => string = ({ name }) => name,
  ) {
    const noun = problems.length === 1 ? '1 setting is wrong' : `${problems.length} settings are wrong`;
    const list = problems.map((problem) => describe(problem, nameOf(problem)));
    super('BAD_SETTINGS', `${noun}: ${list.join('; ')}`, 'correct them and start again');
    this.problems = problems;
  }
}

function describe({ value, allowed, source }: SettingProblem, name: string): string {
  const where = source === 'file' ? ' in the settings file' : '';
  return `${name}=${value}${where} (allowed: ${allowed})`;
}
