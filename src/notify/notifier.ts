// From a notification to its channels: by the route of its priority, each channel on its own, and what became of it on each.
import { setMaxListeners } from 'node:events';
import { hostname } from 'node:os';
import type { Settings } from '../config/index.ts';
import type { ChannelName, Delivery, Notification } from '../model/index.ts';
import type { Seconds } from '../units/index.ts';
import {
  type Channel,
  type ChannelOutcome,
  type ChannelState,
  failedUnsent,
  type Log,
  UNAVAILABLE,
} from './channel.ts';
import { type ChannelSettings, channelStates } from './configured.ts';
import { createLogChannel } from './log-channel.ts';
import { type After, pause } from './pause.ts';
import { channelsFor, type RouteSettings } from './routes.ts';
import { createWebhookChannel } from './webhook/index.ts';

export type NotifySettings = ChannelSettings &
  RouteSettings &
  Pick<Settings, 'webhookTimeout' | 'webhookMaxRetries'>;

export interface NotifierOptions {
  /** Those in force. Routes may change while it runs; the channels' own settings are read once. */
  readonly settings: () => NotifySettings;
  readonly log: Log;
  readonly clock: { wallSeconds(): Seconds; readonly after: After };
  /** Jitter between retries: 0 ≤ random() < 1. */
  readonly random?: () => number;
  /** How the machine calls itself in what it sends. */
  readonly host?: string;
}

export interface Notifier {
  /** Resolves once every channel has answered or was given up on, which may take minutes. Never rejects. */
  send(notification: Notification): Promise<readonly Delivery[]>;
  /** Through every configured channel, one attempt each. */
  test(): Promise<readonly Delivery[]>;
  channels(): readonly ChannelState[];
  /** Notifications that a channel's full queue has cost so far. */
  dropped(): number;
  /** Gives up what is under way; `send` resolves with failed deliveries. */
  stop(): Promise<void>;
}

export function createNotifier(options: NotifierOptions): Notifier {
  const { settings, clock } = options;
  const states = channelStates(settings());
  const stopping = new AbortController();
  // One listener per address under way: bounded by the addresses, of which there may be more than the ten Node.js warns of.
  setMaxListeners(0, stopping.signal);
  let dropped = 0;
  const channels = createChannels(options, stopping.signal, () => {
    dropped += 1;
  });
  const tellUnusable = createUnusableTeller(options.log);
  for (const { name, configured, problem } of states)
    if (configured && problem !== undefined) tellUnusable(name, problem);

  const sendThrough = async (name: ChannelName, notification: Notification): Promise<ChannelOutcome> => {
    const problem = problemOf(name, states);
    const channel = channels.find((each) => each.name === name);
    if (problem === undefined && channel) return channel.deliver(notification);
    tellUnusable(name, problem ?? UNAVAILABLE);
    return failedUnsent(problem ?? UNAVAILABLE);
  };
  const deliver = async (name: ChannelName, notification: Notification): Promise<Delivery> => {
    const outcome = await guarded(() => sendThrough(name, notification));
    const { id: notificationId, incidentId } = notification;
    return { notificationId, incidentId, channel: name, atSeconds: clock.wallSeconds(), ...outcome };
  };
  const deliverTo = (names: readonly ChannelName[], notification: Notification) =>
    Promise.all(names.map((name) => deliver(name, notification)));

  return {
    send: (notification) => deliverTo(channelsFor(notification, settings(), states), notification),
    test: () => {
      const configured = states.filter((state) => state.configured).map(({ name }) => name);
      return deliverTo(configured, testNotification(clock.wallSeconds()));
    },
    channels: () => states,
    dropped: () => dropped,
    async stop() {
      stopping.abort();
      await Promise.all(channels.map((channel) => channel.idle()));
    },
  };
}

function createChannels(options: NotifierOptions, stop: AbortSignal, onDrop: () => void): readonly Channel[] {
  const { settings, log, clock, random = Math.random, host = hostname() } = options;
  const { webhookUrls = [], webhookTimeout, webhookMaxRetries } = settings();
  const webhook = createWebhookChannel({
    urls: webhookUrls,
    timeoutSeconds: webhookTimeout,
    maxRetries: webhookMaxRetries,
    host,
    nowSeconds: () => clock.wallSeconds(),
    random,
    sleep: (seconds) => pause(clock.after, seconds, stop),
    stop,
    onDrop,
  });
  return [createLogChannel(log, host), webhook];
}

/** Why nothing can be sent through a channel; undefined when it can. */
function problemOf(name: ChannelName, states: readonly ChannelState[]): string | undefined {
  const state = states.find((each) => each.name === name);
  if (state?.configured) return state.problem;
  return state?.problem === undefined ? 'not configured' : `not configured: ${state.problem}`;
}

/** A channel that cannot be used is told once, not with every notification. */
function createUnusableTeller(log: Log): (channel: ChannelName, problem: string) => void {
  const told = new Set<ChannelName>();
  return (channel, problem) => {
    if (told.has(channel)) return;
    told.add(channel);
    log('warning', 'notification channel cannot be used', { channel, problem });
  };
}

/** A mistake inside a channel costs its delivery, nothing else. The error's text may hold a secret: only its name is told. */
async function guarded(send: () => Promise<ChannelOutcome>): Promise<ChannelOutcome> {
  try {
    return await send();
  } catch (error) {
    return failedUnsent(`failed inside: ${error instanceof Error ? error.name : 'unknown error'}`);
  }
}

function testNotification(atSeconds: Seconds): Notification {
  return {
    id: `test-${Math.round(atSeconds * 1000)}`,
    incidentId: 'test',
    kind: 'test',
    key: 'test',
    type: 'monitoring',
    severity: 'warning',
    title: 'Test notification',
    message: 'Test notification: this channel works',
    startedAtSeconds: atSeconds,
    atSeconds,
  };
}
