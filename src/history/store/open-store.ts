// Opens the history on disk, or says why it must not be: the one entrance to the store.
import { join } from 'node:path';
import { type Bytes, DAY, MIB, type Seconds } from '../../units/index.ts';
import type { History } from '../history.ts';
import { DegradingHistory } from './degrading-history.ts';
import { type OpenDiskOptions, openDisk } from './open-disk.ts';
import type { StoreError } from './store-error.ts';
import type { StoreLog } from './store-log.ts';

export interface StoreOptions {
  /** Made when it is missing. One monitor at a time. */
  readonly dataDir: string;
  /** Of the file and its log; the oldest history goes first. */
  readonly maxBytes: Bytes;
  readonly retentionDays: number;
  readonly nowSeconds: Seconds;
  readonly log?: StoreLog;
}

export type StoreOpening =
  /** A disk that fails at the start is opened too: in memory, and on disk once it is better. */
  | { readonly kind: 'opened'; readonly history: History }
  | { readonly kind: 'refused'; readonly error: StoreError };

export const STORE_FILE_NAME = 'plimsoll.db';

export function openStore(options: StoreOptions): StoreOpening {
  const { nowSeconds, log = () => undefined } = options;
  const disk = diskOptions(options);
  const reopen = (atSeconds: Seconds, damage?: string) => {
    const opening = openDisk(disk, atSeconds, damage);
    if (opening.kind === 'opened' && opening.setAside)
      log('error', 'store damaged, set aside', { code: 'STORE_CORRUPT', ...opening.setAside });
    return opening;
  };
  const opening = reopen(nowSeconds);
  if (opening.kind === 'refused') return opening;
  return {
    kind: 'opened',
    history: new DegradingHistory(opening, { path: disk.path, nowSeconds, reopen, log }),
  };
}

/** Folding the log back waits for a transaction to end, so the log is given four times what it is folded back at. */
function diskOptions({ dataDir, maxBytes, retentionDays }: StoreOptions): OpenDiskOptions {
  const maxLogBytes = Math.floor(Math.min(2 * MIB, maxBytes / 16));
  return {
    path: join(dataDir, STORE_FILE_NAME),
    maxLogBytes,
    maxDataBytes: maxBytes - 4 * maxLogBytes,
    retentionSeconds: retentionDays * DAY,
  };
}
