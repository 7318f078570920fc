// The way back from a failing disk: writes what was kept in memory, through the connection there is or through a new one.
import type { Seconds } from '../../units/index.ts';
import type { DiskHistory } from './disk-history.ts';
import type { DiskOpening } from './open-disk.ts';
import type { Pending } from './pending.ts';
import { type DiskFault, diskFaultOf, reasonOf } from './store-error.ts';

/** With `damage`, what is there is put aside first. */
export type Reopen = (nowSeconds: Seconds, damage?: string) => DiskOpening;

export interface Patient {
  /** Absent when the store could not be opened the last time. */
  readonly disk: DiskHistory | undefined;
  readonly pending: Pending;
  readonly reopen: Reopen;
  readonly nowSeconds: Seconds;
}

export type Recovery =
  | { readonly kind: 'recovered'; readonly disk: DiskHistory }
  /** `disk` can perhaps still be read. */
  | {
      readonly kind: 'failing';
      readonly disk: DiskHistory | undefined;
      readonly fault: DiskFault;
      readonly reason: string;
    };

/** All that is pending is written, or none of it. */
export function recover(patient: Patient): Recovery {
  const { disk } = patient;
  if (disk === undefined) return recoverAnew(patient);
  const recovery = writePending(disk, patient);
  // Full is no fault of the connection, which goes on reading.
  if (recovery.kind === 'recovered' || recovery.fault === 'full') return recovery;
  disk.close();
  return recoverAnew(patient, recovery.fault === 'corrupt' ? recovery.reason : undefined);
}

function recoverAnew(patient: Patient, damage?: string): Recovery {
  const opening = patient.reopen(patient.nowSeconds, damage);
  if (opening.kind === 'refused') return unopened(opening.error.message);
  if (opening.kind === 'failing') return unopened(opening.reason);
  const recovery = writePending(opening.disk, patient);
  // Damage that opening does not meet. Should a store begun in its place be damaged too, it is the disk that is.
  if (recovery.kind === 'recovered' || recovery.fault !== 'corrupt' || damage !== undefined) return recovery;
  opening.disk.close();
  return recoverAnew(patient, recovery.reason);
}

function unopened(reason: string): Recovery {
  return { kind: 'failing', disk: undefined, fault: 'failing', reason };
}

function writePending(disk: DiskHistory, { pending, nowSeconds }: Patient): Recovery {
  try {
    pending.writeTo(disk);
    disk.maintain(nowSeconds);
    return { kind: 'recovered', disk };
  } catch (error) {
    const fault = diskFaultOf(error);
    if (fault === 'other') throw error;
    return { kind: 'failing', disk, fault, reason: reasonOf(error) };
  }
}
