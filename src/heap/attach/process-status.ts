// What /proc/[pid]/status says about a process that is to be signalled. Source: proc_pid_status(5).
import { ParseError } from '../../model/index.ts';

export interface ProcessStatus {
  /** One letter: R, S, D, Z, T … */
  readonly state: string;
  /** The process that it is a thread of: its own pid, unless it is no process but a thread. */
  readonly threadGroup: number;
  readonly realUid: number;
  readonly savedUid: number;
  /** Bit n − 1 is signal n. */
  readonly caughtSignals: bigint;
}

const FIELDS = {
  state: /^State:\t(\w)/m,
  threadGroup: /^Tgid:\t(\d+)$/m,
  uids: /^Uid:\t(\d+\t\d+\t\d+)\t\d+$/m,
  caughtSignals: /^SigCgt:\t([\da-f]+)$/m,
} as const;

/** @throws {ParseError} where a field is missing. */
export function parseProcessStatus(text: string): ProcessStatus {
  const field = (name: keyof typeof FIELDS): string => {
    const value = FIELDS[name].exec(text)?.[1];
    if (value === undefined) throw new ParseError('[pid]/status', `no ${name}`);
    return value;
  };
  const [realUid = Number.NaN, , savedUid = Number.NaN] = field('uids').split('\t').map(Number);
  return {
    state: field('state'),
    threadGroup: Number(field('threadGroup')),
    realUid,
    savedUid,
    caughtSignals: BigInt(`0x${field('caughtSignals')}`),
  };
}

export function catches({ caughtSignals }: ProcessStatus, signal: number): boolean {
  return ((caughtSignals >> BigInt(signal - 1)) & 1n) === 1n;
}
