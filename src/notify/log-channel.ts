// The channel that is always there: each notification as one line of the structured log.
import type { Notification } from '../model/index.ts';
import type { Channel, Log } from './channel.ts';
import { payloadOf } from './payload.ts';

export function createLogChannel(log: Log, host: string): Channel {
  return {
    name: 'log',
    async deliver(notification) {
      log(levelOf(notification), 'notification', { ...payloadOf(notification, host) });
      return { outcome: 'delivered', attempts: 1, detail: 'written' };
    },
    idle: async () => {},
  };
}

function levelOf({ kind, severity }: Notification): 'info' | 'warning' | 'error' {
  if (kind !== 'firing') return 'info';
  return severity === 'high' || severity === 'critical' ? 'error' : 'warning';
}
