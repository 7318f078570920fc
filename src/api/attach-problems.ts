// Why a process cannot be profiled from outside, as problems of a request: the request was well-formed, and what is in the way
// lies with the process.
import { ATTACH_ERRORS, type AttachErrorCode } from '../monitor/attached/errors.ts';

/** The API knows this one already. */
type OwnCode = Exclude<AttachErrorCode, 'PROCESS_NOT_FOUND'>;

export interface AttachProblem {
  readonly status: number;
  readonly title: string;
  readonly whatToDo: string;
}

const FORBIDDEN: ReadonlySet<AttachErrorCode> = new Set(['PROCESS_DENIED']);

const { PROCESS_NOT_FOUND: _known, ...OWN } = ATTACH_ERRORS;

export const ATTACH_PROBLEMS = Object.fromEntries(
  Object.entries(OWN).map(([code, { title, whatToDo }]) => [
    code,
    {
      status: FORBIDDEN.has(code as OwnCode) ? 403 : 409,
      title: capitalised(title),
      whatToDo: capitalised(whatToDo),
    },
  ]),
) as Readonly<Record<OwnCode, AttachProblem>>;

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
