// Why a program ended, as far as it can be known from outside: its exit status, what its heap was like a moment before, and what
// the kernel counted meanwhile.
import { constants } from 'node:os';
import type { RunRecord } from '../../monitor/report/index.ts';
import type { Ratio } from '../../units/index.ts';
import type { ProgramEnd } from './program.ts';

export type ExitReason =
  | 'exited'
  | 'signal'
  | 'out of memory (V8 heap limit)'
  | "killed (possibly the kernel's OOM killer: oom_kill rose)";

/** V8 aborts when collections no longer free enough; the last sample before may be a second old. */
const NEAR_LIMIT: Ratio = 0.6;
/** A shell says so of a program that died of a signal. */
export const SHELL_SIGNAL_BASE = 128;

export function exitReason(
  end: Pick<ProgramEnd, 'code' | 'signal'>,
  record: RunRecord | undefined,
  oomKillsRose: boolean,
): ExitReason {
  const signal = signalOf(end);
  if (signal === constants.signals.SIGABRT && heapWasNearLimit(record))
    return 'out of memory (V8 heap limit)';
  if (signal === constants.signals.SIGKILL && oomKillsRose)
    return "killed (possibly the kernel's OOM killer: oom_kill rose)";
  return end.signal === null ? 'exited' : 'signal';
}

function signalOf({ code, signal }: Pick<ProgramEnd, 'code' | 'signal'>): number {
  if (signal !== null) return constants.signals[signal];
  return (code ?? 0) - SHELL_SIGNAL_BASE;
}

function heapWasNearLimit(record: RunRecord | undefined): boolean {
  const used = record?.samples.at(-1)?.heapUsedBytes;
  const limit = record?.heapLimitBytes;
  return used !== undefined && limit !== undefined && used >= NEAR_LIMIT * limit;
}
