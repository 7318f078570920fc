// A channel carries one notification to people and says what became of it. It never throws and never hangs for ever.
import type { ChannelName, Delivery, Notification } from '../model/index.ts';

/** `attempts` 0: nothing was sent. */
export type ChannelOutcome = Pick<Delivery, 'outcome' | 'attempts' | 'detail'>;

export interface Channel {
  readonly name: ChannelName;
  deliver(notification: Notification): Promise<ChannelOutcome>;
  /** Resolves once nothing is on its way any more. */
  idle(): Promise<void>;
}

/** Whether the settings switch a channel on. */
export interface ChannelState {
  readonly name: ChannelName;
  readonly configured: boolean;
  /** Why a configured channel cannot be used, or what an unconfigured one still lacks. */
  readonly problem?: string;
}

/** A line of the log: what happened, and its figures. */
export type Log = (
  level: 'info' | 'warning' | 'error',
  event: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;

/** The problem of a channel that has settings but no code yet. */
export const UNAVAILABLE = 'not available in this version';

export function failedUnsent(detail: string): ChannelOutcome {
  return { outcome: 'failed', attempts: 0, detail };
}
