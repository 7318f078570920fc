// Why a process cannot be profiled from outside: the code, and what an operator can do about it.
import { CodedError } from '../../model/index.ts';

export const ATTACH_ERRORS = {
  PROCESS_NOT_FOUND: {
    title: 'there is no such process',
    whatToDo: 'give the process id of a Node.js process that runs on this machine',
  },
  PROCESS_NOT_RUNNING: {
    title: 'the process is stopped, or has ended and waits for its parent',
    whatToDo: 'continue a stopped process with SIGCONT',
  },
  PROCESS_DENIED: {
    title: 'this user may not look into the process',
    whatToDo: 'run Plimsoll as the user of that process, or as root',
  },
  PROCESS_NOT_NODE: {
    title: 'the process is not Node.js',
    whatToDo: 'give the process id of the Node.js process itself, not of what started it',
  },
  ATTACH_TO_ITSELF: {
    title: 'the process is this Plimsoll itself',
    whatToDo: 'profile it from another process',
  },
  SIGNAL_NOT_HANDLED: {
    title: 'the process does not open its inspector on SIGUSR1',
    whatToDo: 'start it without --disable-sigusr1 and --permission, or with the monitor inside: plimsoll run',
  },
  INSPECTOR_PORT_TAKEN: {
    title: "the port of the process's inspector is taken by another process",
    whatToDo: 'end the use of that port, or start the process with --inspect-port=0',
  },
  INSPECTOR_NOT_OPENED: {
    title: 'the process did not open its inspector',
    whatToDo:
      'try again when its main thread is not in a blocking call such as execSync; an inspector that opens later is closed by ' +
      'plimsoll profile --close-inspector',
  },
  INSPECTOR_UNREACHABLE: {
    title: "the process's inspector listens where this process cannot connect",
    whatToDo: 'run Plimsoll as root with nsenter (util-linux) installed, or inside the same container',
  },
  INSPECTOR_LOST: {
    title: 'the connection to the inspector ended before the profile was read',
    whatToDo: 'try again when nobody else uses the inspector of that process',
  },
  PROCESS_NO_ANSWER: {
    title: 'the process did not answer through its inspector',
    whatToDo: 'try again when its main thread is not in a blocking call such as execSync',
  },
  PROCESS_ENDED: {
    title: 'the process ended while it was profiled',
    whatToDo: 'profile it again after its next start, for a shorter time',
  },
  SAMPLER_ENDED: {
    title: 'the sampler that another profiler ran in the process has ended',
    whatToDo: 'try again: the sampler is free now',
  },
  ATTACH_NOT_CONFIRMED: {
    title: 'reading the profile would pause a large heap for long, and nobody agreed to it',
    whatToDo: 'agree with --yes, or with "confirm": true over HTTP',
  },
  ATTACH_BUSY: {
    title: 'another process is being profiled',
    whatToDo: 'wait until that is done',
  },
  ATTACH_INTERRUPTED: {
    title: 'it was interrupted before anything was sampled',
    whatToDo: 'start again',
  },
} as const;

export type AttachErrorCode = keyof typeof ATTACH_ERRORS;

export class AttachError extends CodedError {
  declare readonly code: AttachErrorCode;

  constructor(code: AttachErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, ATTACH_ERRORS[code].whatToDo, options);
    this.name = 'AttachError';
  }
}
