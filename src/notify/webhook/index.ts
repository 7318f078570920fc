// The webhook channel: each address gets each notification, in order, and none waits for another.
import type { Notification } from '../../model/index.ts';
import type { Seconds } from '../../units/index.ts';
import { type Channel, type ChannelOutcome, failedUnsent } from '../channel.ts';
import { createLane, type Lane } from '../lane.ts';
import { payloadOf } from '../payload.ts';
import { type Address, parseAddress } from './address.ts';
import { attempt } from './attempt.ts';
import { withRetries } from './retry.ts';

export interface WebhookOptions {
  readonly urls: readonly string[];
  readonly timeoutSeconds: Seconds;
  readonly maxRetries: number;
  readonly host: string;
  readonly nowSeconds: () => Seconds;
  readonly random: () => number;
  readonly sleep: (seconds: Seconds) => Promise<void>;
  readonly stop: AbortSignal;
  /** A notification was dropped, because too many wait for an address already. */
  readonly onDrop: () => void;
}

/**
 * Notifications that may wait for one address. Ten alerts with a reminder every five minutes fill it in fifty minutes of a
 * receiver's absence; what is older than that, the reminders repeat.
 */
export const MAX_PENDING = 100;

interface Receiver {
  readonly address: Address | undefined;
  readonly lane: Lane;
}

export function createWebhookChannel(options: WebhookOptions): Channel {
  const receivers = options.urls.map((url) => ({
    address: parseAddress(url),
    lane: createLane(MAX_PENDING),
  }));
  return {
    name: 'webhook',
    async deliver(notification) {
      const body = JSON.stringify(payloadOf(notification, options.host));
      return summarise(await Promise.all(receivers.map((each) => send(each, notification, body, options))));
    },
    async idle() {
      await Promise.all(receivers.map(({ lane }) => lane.idle()));
    },
  };
}

async function send(
  { address, lane }: Receiver,
  { kind }: Notification,
  body: string,
  options: WebhookOptions,
): Promise<ChannelOutcome> {
  if (!address) return failedUnsent('not a valid address: correct WEBHOOK_URLS');
  // Somebody waits for a test's answer: it goes past the queue, once.
  const maxRetries = kind === 'test' ? 0 : options.maxRetries;
  const task = () => withRetries(() => attempt(address, body, options), { ...options, maxRetries });
  const outcome = kind === 'test' ? task() : lane.run(task);
  if (!outcome) options.onDrop();
  return named(address, (await outcome) ?? failedUnsent(`dropped: ${MAX_PENDING} wait already`));
}

const named = ({ host }: Address, outcome: ChannelOutcome): ChannelOutcome => ({
  ...outcome,
  detail: `${host}: ${outcome.detail}`,
});

/** Delivered when every address took it. */
function summarise(outcomes: readonly ChannelOutcome[]): ChannelOutcome {
  return {
    outcome: outcomes.every(({ outcome }) => outcome === 'delivered') ? 'delivered' : 'failed',
    attempts: outcomes.reduce((sum, { attempts }) => sum + attempts, 0),
    detail: outcomes.map(({ detail }) => detail).join('; '),
  };
}
