// Which channels hear of a notification: the route of its priority, `all` meaning every configured one.
import type { Settings } from '../config/index.ts';
import {
  CHANNEL_NAMES,
  type ChannelName,
  type Notification,
  PRIORITY_OF,
  type Priority,
} from '../model/index.ts';
import type { ChannelState } from './channel.ts';

const ROUTE_KEYS = {
  CRITICAL: 'criticalNotificationRoutes',
  HIGH: 'highNotificationRoutes',
  MEDIUM: 'mediumNotificationRoutes',
  LOW: 'lowNotificationRoutes',
} as const satisfies Record<Priority, keyof Settings>;

export type RouteSettings = Pick<Settings, (typeof ROUTE_KEYS)[Priority]>;

/**
 * In the order of CHANNEL_NAMES. A channel that a route names is there even when it is not configured, so that the mistake can
 * be told. A resolved notification goes wherever the incident was told, at whichever severity that was.
 */
export function channelsFor(
  { severity, toldSeverities = [severity] }: Pick<Notification, 'severity' | 'toldSeverities'>,
  routes: RouteSettings,
  states: readonly ChannelState[],
): readonly ChannelName[] {
  const named = new Set(toldSeverities.flatMap((told) => routes[ROUTE_KEYS[PRIORITY_OF[told]]]));
  const isOn = (name: ChannelName) => states.some((state) => state.name === name && state.configured);
  return CHANNEL_NAMES.filter((name) => named.has(name) || (named.has('all') && isOn(name)));
}
