export type { ChannelState, Log } from './channel.ts';
export { createNotifier, type Notifier, type NotifierOptions, type NotifySettings } from './notifier.ts';
export type { NotificationPayload } from './payload.ts';
