import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChannelState } from './channel.ts';
import { channelsFor, type RouteSettings } from './routes.ts';

const STATES: readonly ChannelState[] = [
  { name: 'webhook', configured: true },
  { name: 'slack', configured: false },
  { name: 'log', configured: true },
];
const ROUTES: RouteSettings = {
  criticalNotificationRoutes: ['all'],
  highNotificationRoutes: ['webhook'],
  mediumNotificationRoutes: ['slack', 'log'],
  lowNotificationRoutes: [],
};

describe('channelsFor', () => {
  it('goes by the priority of the severity', () => {
    const channels = (['critical', 'high', 'medium', 'warning'] as const).map((severity) =>
      channelsFor({ severity }, ROUTES, STATES),
    );
    // `all` is every configured channel; a named one is there even when it is not.
    assert.deepEqual(channels, [['webhook', 'log'], ['webhook'], ['slack', 'log'], []]);
  });

  it('takes a resolved notification wherever the incident was told', () => {
    const resolved = { severity: 'warning', toldSeverities: ['high', 'warning'] } as const;
    assert.deepEqual(channelsFor(resolved, ROUTES, STATES), ['webhook']);
  });

  it('names a channel once', () => {
    const routes = { ...ROUTES, criticalNotificationRoutes: ['log', 'all', 'log'] };
    assert.deepEqual(channelsFor({ severity: 'critical' }, routes, STATES), ['webhook', 'log']);
  });
});
