import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Notification, Severity } from '../model/index.ts';
import { createLogChannel } from './log-channel.ts';

function notification(kind: Notification['kind'], severity: Severity): Notification {
  return {
    id: '1',
    incidentId: 'i',
    kind,
    key: 'high_memory',
    type: 'memory',
    severity,
    title: 'High memory usage',
    message: 'High memory usage: 91.2% (21.3GB used)',
    startedAtSeconds: 0,
    atSeconds: 0,
  };
}

describe('log channel', () => {
  it('writes each notification once, at a level that fits its severity', async () => {
    const lines: unknown[] = [];
    const channel = createLogChannel(
      (level, event, fields) => lines.push([level, event, fields?.status]),
      'db-1',
    );
    const outcomes = [
      await channel.deliver(notification('firing', 'critical')),
      await channel.deliver(notification('firing', 'high')),
      await channel.deliver(notification('firing', 'warning')),
      await channel.deliver(notification('resolved', 'high')),
    ];
    assert.deepEqual(lines, [
      ['error', 'notification', 'firing'],
      ['error', 'notification', 'firing'],
      ['warning', 'notification', 'firing'],
      ['info', 'notification', 'resolved'],
    ]);
    assert.ok(outcomes.every(({ outcome, attempts }) => outcome === 'delivered' && attempts === 1));
  });
});
