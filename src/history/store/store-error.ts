// What can be wrong with a store, told apart by what is to be done about it.
import { CodedError } from '../../model/index.ts';

export type StoreErrorCode = 'STORE_TOO_NEW' | 'STORE_IN_USE' | 'STORE_UNWRITABLE' | 'STORE_CORRUPT';

/** Why a store cannot be used, and what the operator can do. */
export class StoreError extends CodedError {
  declare readonly code: StoreErrorCode;
  readonly path: string;

  constructor(code: StoreErrorCode, path: string, message: string, remedy: string) {
    super(code, message, remedy);
    this.path = path;
  }
}

export function tooNew(path: string, version: number, known: number): StoreError {
  return new StoreError(
    'STORE_TOO_NEW',
    path,
    `${path} was written by a newer release (its schema is ${version}, this release knows ${known})`,
    'run that release, or give this one another data directory',
  );
}

export function inUse(path: string): StoreError {
  return new StoreError(
    'STORE_IN_USE',
    path,
    `${path} is in use by another monitor`,
    'stop that one, or give this one another data directory',
  );
}

export function unwritable(path: string, reason: string): StoreError {
  return new StoreError(
    'STORE_UNWRITABLE',
    path,
    `${path} cannot be used: ${reason}`,
    'give the monitor a data directory that it may read and write',
  );
}

/** SQLite's primary result codes (https://sqlite.org/rescode.html); the low byte of what node:sqlite calls errcode. */
const SQLITE = { busy: 5, corrupt: 11, full: 13, notADatabase: 26 };

/** What an error of the disk or of SQLite means for the store; `other` is no matter of the disk. */
export type DiskFault = 'in-use' | 'corrupt' | 'full' | 'failing' | 'denied' | 'other';

const FULL_ERRNOS = new Set(['ENOSPC', 'EDQUOT']);
const FAILING_ERRNOS = new Set(['EROFS', 'EIO', 'ENOMEM', 'EMFILE', 'ENFILE']);
const DENIED_ERRNOS = new Set(['EACCES', 'EPERM', 'ENOTDIR', 'EEXIST', 'EISDIR', 'ENAMETOOLONG', 'ELOOP']);

export function diskFaultOf(error: unknown): DiskFault {
  if (!(error instanceof Error)) return 'other';
  const { code, errcode } = error as Error & { code?: string; errcode?: number };
  if (code === 'ERR_SQLITE_ERROR') return sqliteFaultOf((errcode ?? 0) & 0xff);
  if (FULL_ERRNOS.has(code ?? '')) return 'full';
  if (FAILING_ERRNOS.has(code ?? '')) return 'failing';
  return DENIED_ERRNOS.has(code ?? '') ? 'denied' : 'other';
}

function sqliteFaultOf(code: number): DiskFault {
  if (code === SQLITE.busy) return 'in-use';
  if (code === SQLITE.corrupt || code === SQLITE.notADatabase) return 'corrupt';
  return code === SQLITE.full ? 'full' : 'failing';
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
