// Why a listener cannot start: the code, and what an operator can do about it.
import { CodedError } from '../model/index.ts';

const ROWS = {
  PORT_IN_USE: {
    title: 'another program listens on this port',
    whatToDo: 'stop it, or choose another port with MONITORING_PORT (0 picks a free one)',
  },
  TOKEN_REQUIRED: {
    title: 'an address beyond loopback is not served without a token',
    whatToDo: 'set MONITORING_TOKEN, or listen on 127.0.0.1',
  },
  ADDRESS_UNAVAILABLE: {
    title: 'this machine has no such address',
    whatToDo: 'set MONITORING_HOST to an address of this machine',
  },
  PORT_NOT_PERMITTED: {
    title: 'this user may not listen on this port',
    whatToDo: 'choose a port of 1024 or more with MONITORING_PORT',
  },
  LISTEN_FAILED: {
    title: 'the listener cannot start',
    whatToDo: 'check MONITORING_HOST and MONITORING_PORT',
  },
} as const;

export type ListenerErrorCode = keyof typeof ROWS;

/** The table as docs/errors.md shows it. */
export const LISTENER_ERRORS = Object.entries(ROWS).map(([code, row]) => ({ code, ...row }));

export function listenerError(code: ListenerErrorCode, address: string, cause?: unknown): CodedError {
  const { title, whatToDo } = ROWS[code];
  return new CodedError(code, `cannot listen on ${address}: ${title}`, whatToDo, { cause });
}

const CODES: Readonly<Record<string, ListenerErrorCode>> = {
  EADDRINUSE: 'PORT_IN_USE',
  EADDRNOTAVAIL: 'ADDRESS_UNAVAILABLE',
  ENOTFOUND: 'ADDRESS_UNAVAILABLE',
  EACCES: 'PORT_NOT_PERMITTED',
};

/** What the system's error means to an operator. */
export function toListenerError(error: NodeJS.ErrnoException, address: string): CodedError {
  return listenerError(CODES[error.code ?? ''] ?? 'LISTEN_FAILED', address, error);
}
